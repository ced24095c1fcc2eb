import { describe, expect, test } from 'vitest';
import { complaintsOf, configOf, firstCheckOf, load } from '../../tests/load-texts.ts';

const CHECK = 'checks:\n  a: { http: https://a.example/ }\n';

describe('what is not written', () => {
  test('takes the built-in defaults', async () => {
    const config = await configOf(CHECK);
    expect(config).toMatchObject({ name: 'gonogo', concurrency: 64, perHost: 8, deadlineMs: null, environment: null });
    expect(config.checks[0]).toMatchObject({
      title: 'a',
      timeoutMs: 10_000,
      retry: { attempts: 1, delayMs: 1000 },
      eventually: null,
      samples: 1,
      missing: [],
    });
  });

  test('takes the defaults of the file, key by key', async () => {
    const config = await configOf(
      'name: Launch\ndefaults: { timeout: 3s, retry: { attempts: 4 }, concurrency: 2, per-host: 1, deadline: 5m }\n' +
        'checks:\n  a: { http: https://a.example/, retry: { delay: 250ms }, eventually: { within: 500ms } }\n',
    );
    expect(config).toMatchObject({ name: 'Launch', concurrency: 2, perHost: 1, deadlineMs: 300_000 });
    expect(config.checks[0]).toMatchObject({
      timeoutMs: 3000,
      retry: { attempts: 4, delayMs: 250 },
      eventually: { withinMs: 500, everyMs: 500, stop: [] },
    });
  });

  test('without gates, every check is a must of one gate', async () => {
    const { gates } = await configOf(`${CHECK}  b: { http: https://b.example/ }\n`);
    expect(gates).toMatchObject([
      {
        id: 'default',
        criteria: [
          { id: 'a', tier: 'must' },
          { id: 'b', tier: 'must' },
        ],
      },
    ]);
  });

  test('a component gives its owner to its checks', async () => {
    const text = 'owners: { o: {}, p: {} }\ncomponents: { web: { owner: o } }\nchecks:\n';
    const check = async (owner: string) =>
      firstCheckOf(`${text}  a: { http: https://a.example/, component: web${owner} }\n`);
    expect((await check('')).owner).toBe('o');
    expect((await check(', owner: p')).owner).toBe('p');
  });
});

describe('expectations', () => {
  const facts = async (keys: string) =>
    (await firstCheckOf(`checks:\n  a: { http: https://a.example/${keys} }\n`)).expectations.map(
      ({ fact, matcher, level, source }) =>
        `${level} ${fact} ${matcher} ${source === null ? 'default' : source.column}`,
    );

  test('the defaults of the kind apply when nothing is written', async () => {
    expect(await facts('')).toContain('expect status status default');
  });

  test.each(['{ exists: true }', '{ type: number }'])(
    'status: %s says nothing of the value, so 2xx is still asked',
    async (written) => {
      const { expectations } = await firstCheckOf(
        `checks:\n  a: { http: https://a.example/, expect: { status: ${written} } }\n`,
      );
      expect(expectations).toContainEqual(
        expect.objectContaining({ fact: 'status', matcher: 'status', expected: ['2xx'], source: null }),
      );
    },
  );

  test('a default gives way to expect about the same fact only', async () => {
    expect(await facts(', expect: { status: 404 }')).toContain('expect status status 52');
    expect(await facts(', expect: { status: 404 }')).not.toContain('expect status status default');
    expect(await facts(', expect: { duration: { below: 1s } }')).toContain('expect status status default');
    expect(await facts(', warn: { status: 404 }')).toContain('expect status status default');
  });

  test('each matcher is one expectation, with its own place and the code of its fact', async () => {
    const { expectations } = await firstCheckOf(
      'checks:\n  a:\n    http: https://a.example/\n    expect:\n      duration: { above: 1ms, below: 1s }\n',
    );
    expect(expectations.slice(0, 2)).toEqual([
      expect.objectContaining({ matcher: 'above', expected: 1, code: 'slow', source: position(6, 26) }),
      expect.objectContaining({ matcher: 'below', expected: 1000, code: 'slow', source: position(6, 38) }),
    ]);
  });

  test('samples have statistics of their durations, written as a mapping or with a dot', async () => {
    expect(await facts(', samples: 9, expect: { duration: { p95: { below: 1s } }, duration.max: 2s }')).toEqual(
      expect.arrayContaining([
        expect.stringContaining('duration.p95 below'),
        expect.stringContaining('duration.max equals'),
      ]),
    );
  });
});

const position = (line: number, column: number) => ({ file: 'gonogo.yaml', line, column });

describe('files', () => {
  const loadAll = async (files: { readonly [path: string]: string }) => {
    const loaded = await load({ files });
    return loaded.ok ? loaded.config : loaded.problems.map(({ message, hint }) => `${message} (${hint})`);
  };

  test('includes are read in order, each once, relative to their own file', async () => {
    const config = await loadAll({
      'gonogo.yaml': `version: 1\ninclude: [checks/*.yaml, checks/b.yaml]\n${CHECK}`,
      'checks/b.yaml': 'checks: { b: { http: https://b.example/ } }\nrunbooks: ["../docs/*.md"]\n',
      'checks/c.yaml': 'include: [deeper/d.yaml]\nchecks: { c: { http: https://c.example/, needs: [a, d] } }\n',
      'checks/deeper/d.yaml': 'version: 1\nname: ignored\nchecks: { d: { http: https://d.example/ } }\n',
      'docs/ops.md': '# Ops',
    });
    expect(config).toMatchObject({
      name: 'gonogo',
      checks: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd', source: { file: 'checks/deeper/d.yaml', line: 3 } }],
    });
  });

  test('a file that does not exist is named, with what to do', async () => {
    expect(await loadAll({})).toEqual([
      'gonogo.yaml cannot be read: it does not exist (name the file with -c FILE, or write a first one with gonogo init)',
    ]);
  });

  test('a byte order mark and carriage returns change nothing', async () => {
    expect(await loadAll({ 'gonogo.yaml': `\uFEFFversion: 1\r\n${CHECK.replaceAll('\n', '\r\n')}` })).toMatchObject({
      checks: [{ id: 'a', source: { line: 3, column: 3 } }],
    });
  });

  test('the digest changes with any file', async () => {
    const digest = async (included: string) => {
      const config = await loadAll({ 'gonogo.yaml': `version: 1\ninclude: [b.yaml]\n${CHECK}`, 'b.yaml': included });
      return 'digest' in config ? config.digest : null;
    };
    const one = await digest('vars: { x: 1 }\n');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest('vars: { x: 1 }\n')).toBe(one);
    expect(await digest('vars: { x: 2 }\n')).not.toBe(one);
  });
});

describe('gates', () => {
  const criteria = async (gate: string) => {
    const text =
      'components: { web: {} }\nchecks:\n  a: { http: https://a.example/, tags: [x], component: web }\n' +
      `  b: { http: https://b.example/, tags: [x, y] }\n  c: { http: https://c.example/ }\ngates: { g: { ${gate} } }\n`;
    return (await configOf(text)).gates[0]?.criteria.map(({ id, tier }) => `${id} ${tier}`);
  };

  test('selectors are expanded to checks', async () => {
    expect(await criteria('must: ["tag:x and not y", c]')).toEqual(['a must', 'c must']);
    expect(await criteria('must: ["component:web"], nice: ["tag:y"]')).toEqual(['a must', 'b nice']);
  });

  test('a check in two tiers keeps the strictest', async () => {
    expect(await criteria('nice: [a, b], should: ["tag:x"], must: [b]')).toEqual(['b must', 'a should']);
  });
});

describe('runbooks', () => {
  const warnings = async (text: string, strict = false) => {
    const loaded = await load({ files: { 'gonogo.yaml': `version: 1\n${text}` }, strict });
    return (loaded.ok ? loaded.warnings : loaded.problems).map(({ severity, message }) => `${severity}: ${message}`);
  };

  test('a must check without any is a warning, and an error when strict', async () => {
    expect(await warnings(CHECK)).toEqual(['warning: the must check "a" has no runbook']);
    expect(await warnings(CHECK, true)).toEqual(['error: the must check "a" has no runbook']);
    expect(await warnings('checks:\n  a: { http: https://a.example/, runbook: ops.md#a }\n')).toEqual([]);
  });

  test('a component knows its sections by reason code, or one for all', async () => {
    const { components } = await configOf(
      `components:\n  a: { runbook: ops.md#a }\n  b: { runbook: { default: ops.md#b, http-5xx: ops.md#five } }\n${CHECK}`,
    );
    expect(components.get('a')?.runbook).toMatchObject({ default: { reference: 'ops.md#a', source: position(3, 17) } });
    expect(components.get('b')?.runbook).toMatchObject({
      default: { reference: 'ops.md#b' },
      byCode: new Map([['http-5xx', { reference: 'ops.md#five', source: position(4, 48) }]]),
    });
  });
});

test(
  'a configuration of 10,000 checks with a fault in each is refused in reasonable time',
  { timeout: 30_000 },
  async () => {
    const checks = Array.from(
      { length: 10_000 },
      (_, at) => `  c${at}: { htpp: https://a.example/, needs: [d${at}] }\n`,
    );
    const started = performance.now();
    const complaints = await complaintsOf(`checks:\n${checks.join('')}`);
    expect(complaints).toHaveLength(20_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  },
);
