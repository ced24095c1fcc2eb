import { describe, expect, it } from 'vitest';
import { configOf } from '../../tests/load-texts.ts';

const idsOf = async (text: string) => (await configOf(text)).checks.map(({ id }) => id);

describe('a matrix', () => {
  it('makes one check for each combination, each with its own values', async () => {
    const { checks } = await configOf(`
checks:
  skill:
    title: \${matrix.skill} on \${matrix.repo}
    matrix: { skill: [review, release], repo: [landing, echome] }
    http: https://a.example/\${matrix.repo}?n=1
`);
    expect(checks.map(({ id, title, spec }) => [id, title, spec['url']])).toEqual([
      ['skill[review,landing]', 'review on landing', 'https://a.example/landing?n=1'],
      ['skill[review,echome]', 'review on echome', 'https://a.example/echome?n=1'],
      ['skill[release,landing]', 'release on landing', 'https://a.example/landing?n=1'],
      ['skill[release,echome]', 'release on echome', 'https://a.example/echome?n=1'],
    ]);
  });

  it('takes rows as they are listed, and keeps the type of a value that stands alone', async () => {
    const { checks } = await configOf(`
checks:
  port:
    matrix: [{ host: a.example, port: 80 }, { host: b.example, port: 443 }]
    tcp: { host: "\${matrix.host}", port: "\${matrix.port}" }
`);
    expect(checks.map(({ id, target }) => [id, target])).toEqual([
      ['port[a.example,80]', 'a.example:80'],
      ['port[b.example,443]', 'b.example:443'],
    ]);
  });

  it('is named as a whole by its id: in gates, in needs, in maintenance and in controls', async () => {
    const config = await configOf(`
controls: [up]
maintenance: { night: { checks: [up], weekly: { days: [sun], from: "02:00", to: "04:00", zone: UTC } } }
checks:
  up: { matrix: { at: [a, b] }, http: "https://\${matrix.at}.example/" }
  after: { http: https://c.example/, needs: [up] }
  next: { http: https://c.example/, needs: ["up[b]"] }
gates: { all: { must: [up, after, next] } }
`);
    expect(config.controls).toEqual(['up[a]', 'up[b]']);
    expect(config.gates[0]?.criteria.map(({ id }) => id)).toEqual(['up[a]', 'up[b]', 'after', 'next']);
    const byId = new Map(config.checks.map((check) => [check.id, check]));
    expect(byId.get('after')?.needs).toEqual(['up[a]', 'up[b]']);
    expect(byId.get('next')?.needs).toEqual(['up[b]']);
    expect(byId.get('up[a]')?.maintenance).toMatchObject([{ kind: 'weekly', title: 'night' }]);
    expect(byId.get('after')?.maintenance).toEqual([]);
  });

  it('keeps what would be taken apart out of ids', async () => {
    const ids = await idsOf(`
checks:
  a: { matrix: { q: ["a, b", "x[y]"] }, http: https://a.example/ }
`);
    expect(ids).toEqual(['a[a-b]', 'a[x-y-]']);
  });

  it('points at the text that was written, whichever row is meant', async () => {
    const { checks } = await configOf('checks:\n  a:\n    matrix: { q: [1, 2] }\n    http: https://a.example/\n');
    expect(checks.map(({ source }) => [source.line, source.column])).toEqual([
      [3, 3],
      [3, 3],
    ]);
  });
});
