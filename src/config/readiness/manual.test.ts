import { describe, expect, it } from 'vitest';
import { load } from '../../../tests/load-texts.ts';
import type { Config } from '../config.ts';

const configOf = async (text: string): Promise<Config> => {
  const answer = await load({ files: { 'gonogo.yaml': `version: 1\n${text}` } });
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('; '));
  return answer.config;
};

describe('the deadline of a decision', () => {
  const deadlineOf = async (keys: string) =>
    (await configOf(`manual: { cloud: { title: Where, ${keys} } }\nchecks: { a: { http: https://a.example/ } }\n`))
      .manual[0]?.deadline;
  const due = 'decision: { options: [aws, hetzner], due: 2026-11-27 }';

  it('is the day on which it is due, or its own where that comes first', async () => {
    expect(await deadlineOf(due)).toBe('2026-11-27');
    expect(await deadlineOf(`${due}, deadline: 2026-12-01`)).toBe('2026-11-27');
    expect(await deadlineOf(`${due}, deadline: 2026-11-26T23:00:00Z`)).toBe('2026-11-26T23:00:00Z');
    expect(await deadlineOf('decision: { options: [aws, hetzner] }')).toBeNull();
  });
});

describe('a gate', () => {
  it('names scenarios, single rows of them and manual items like checks, by id, tag and component', async () => {
    const { gates } = await configOf(`
components: { shop: {} }
checks: { a: { http: https://a.example/ } }
scenarios:
  smoke: { matrix: { repo: [landing, shop] }, tags: [flow], component: shop, steps: [{ name: s, http: https://a.example/ }] }
manual: { call: { title: Call, tags: [flow] }, token: { title: Token, component: shop } }
gates: { row: { must: ["smoke[shop]", call] }, all: { must: [smoke] }, tag: { must: ["tag:flow"] }, part: { must: ["component:shop"] } }
`);
    const [landing, shop] = ['smoke[landing]', 'smoke[shop]'];
    expect(Object.fromEntries(gates.map(({ id, criteria }) => [id, criteria.map((one) => one.id)]))).toEqual({
      row: [shop, 'call'],
      all: [landing, shop],
      tag: [landing, shop, 'call'],
      part: [landing, shop, 'token'],
    });
  });
});
