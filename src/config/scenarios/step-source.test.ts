import { describe, expect, it } from 'vitest';
import { complaintsOf, configOf } from '../../../tests/load-texts.ts';

/** Names and addresses of all steps of the first scenario. */
const stepsOf = async (text: string, environment = {}) => {
  const [scenario] = (await configOf(text, { environment })).scenarios;
  return [...(scenario?.steps ?? []), ...(scenario?.cleanup ?? [])];
};
const addresses = async (text: string, environment = {}) =>
  (await stepsOf(text, environment)).map(({ name, check }) => `${name} ${check.target}`);

describe('loops', () => {
  it('take lists and counts from variables and rows', async () => {
    const text = `
vars: { items: [one, two] }
scenarios:
  flow:
    matrix: { times: [2] }
    steps:
      - { http: "http://a.example/\${each.value}", each: "\${vars.items}" }
      - { name: again, http: "http://a.example/\${each.index}", repeat: "\${matrix.times}" }
      - { name: often, http: http://a.example/, repeat: "\${env.TIMES}" }
`;
    expect(await addresses(text, { TIMES: '2' })).toEqual([
      'http[one] http://a.example/one',
      'http[two] http://a.example/two',
      'again[1] http://a.example/1',
      'again[2] http://a.example/2',
      'often[1] http://a.example/',
      'often[2] http://a.example/',
    ]);
  });

  it('in a fragment take its parameters', async () => {
    const text = `
fragments:
  all: { parameters: [list], steps: [{ http: "http://a.example/\${each.value}", each: "\${with.list}" }] }
scenarios:
  flow: { steps: [{ use: all, with: { list: [a, b] } }] }
`;
    expect(await addresses(text)).toEqual(['all/http[a] http://a.example/a', 'all/http[b] http://a.example/b']);
  });

  it('are refused where they would be more than a scenario holds, and soon', async () => {
    const ring = (at: number) =>
      `  f${at}: { steps: [{ use: f${at + 1}, repeat: 100 }, { use: f${at + 1}, repeat: 100 }] }`;
    const rings = [0, 1, 2, 3, 4, 5, 6, 7].map(ring).join('\n');
    const startedMs = performance.now();
    const text = `fragments:\n${rings}\n  f8: { steps: [{ use: nobody }] }\nscenarios:\n  flow: { steps: [{ use: f0 }] }\n`;
    expect((await complaintsOf(text)).join('\n')).toContain('there are more than 500 steps');
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });
});

describe('what a fragment captures', () => {
  const inner = `
  sign-in:
    parameters: [user]
    returns: [token]
    steps:
      - http: "http://a.example/\${with.user}"
        capture: { nonce: $.nonce, token: $.token }
      - { http: "http://a.example/\${captured.nonce}" }`;

  it('is its own, whatever the one who uses it captures by the same name', async () => {
    const text = `
fragments:${inner}
scenarios:
  flow:
    steps:
      - { name: first, http: http://a.example/, capture: { nonce: $.nonce } }
      - { use: sign-in, name: as ada, with: { user: ada } }
      - { name: last, http: "http://a.example/\${captured.nonce}/\${captured.token}" }
`;
    const steps = await stepsOf(text);
    expect(steps.map(({ captures, uses }) => [captures.map(({ name }) => name), uses])).toEqual([
      [['nonce'], []],
      [['as ada.nonce', 'token'], []],
      [[], ['as ada.nonce']],
      [[], ['nonce', 'token']],
    ]);
    expect(steps[1]?.captures[0]?.source).toMatchObject({ line: 9, column: 20 });
  });

  it('stays inside a fragment that uses it and returns nothing', async () => {
    const text = `
fragments:${inner}
  twice: { steps: [{ use: sign-in, with: { user: ada } }, { http: "http://a.example/\${captured.token}" }] }
scenarios:
  flow:
    steps:
      - { name: first, http: http://a.example/, capture: { token: $.token } }
      - { use: twice }
      - { name: last, http: "http://a.example/\${captured.token}" }
`;
    const steps = await stepsOf(text);
    expect(steps.map(({ uses }) => uses)).toEqual([[], [], ['twice/sign-in.nonce'], ['twice.token'], ['token']]);
  });

  it('may be returned through two fragments', async () => {
    const text = `
fragments:${inner}
  both: { returns: [token], steps: [{ use: sign-in, with: { user: ada } }] }
scenarios:
  flow: { steps: [{ use: both }, { name: last, http: "http://a.example/\${captured.token}" }] }
`;
    expect((await stepsOf(text)).at(-1)?.uses).toEqual(['token']);
  });

  it('is asked for in a condition by the name that it has there', async () => {
    const text = `
fragments:
  f: { steps: [{ http: http://a.example/, capture: { x: $.x } }, { http: http://a.example/, if: { x: 1 } }] }
scenarios:
  flow: { steps: [{ use: f, name: once more }] }
`;
    expect((await stepsOf(text))[1]?.condition).toMatchObject([{ fact: 'once more.x', source: { line: 4 } }]);
  });
});

describe('names of steps', () => {
  it('of the cleanup are never those of other steps', async () => {
    const text = `
fragments: { f: { steps: [{ name: delete, http: http://a.example/ }] } }
scenarios:
  flow:
    steps: [{ use: f, name: cleanup }, { name: cleanup, http: http://a.example/ }]
    cleanup: [{ name: delete, http: http://a.example/ }, { use: f, name: cleanup }]
`;
    const ids = (await stepsOf(text)).map(({ check }) => check.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('flow/cleanup/delete');
  });

  it('are unique', async () => {
    const text = `
scenarios:
  flow: { steps: [{ http: http://a.example/ }, { name: http-2, http: http://a.example/ }, { http: http://a.example/ }] }
`;
    expect((await stepsOf(text)).map(({ name }) => name)).toEqual(['http', 'http-2', 'http-3']);
  });

  it('take values of loops, rows and variables', async () => {
    const text = `
vars: { what: smoke }
scenarios:
  flow:
    matrix: { repo: [landing] }
    steps: [{ name: "\${vars.what} \${matrix.repo} \${each.value}", each: [a], http: http://a.example/ }]
`;
    expect((await stepsOf(text)).map(({ name }) => name)).toEqual(['smoke landing a[a]']);
  });
});

describe('a step', () => {
  it('that waits for a captured value tells all of its address that is known', async () => {
    const text = `
vars: { shop: http://a.example }
scenarios:
  flow:
    steps:
      - { http: "\${vars.shop}/", capture: { id: $.id } }
      - { http: "\${vars.shop}/tasks/\${captured.id}/assign" }
`;
    expect((await stepsOf(text))[1]?.check).toMatchObject({
      target: 'http://a.example/tasks/:id/assign',
      host: 'a.example:80',
    });
  });

  it('takes a number out of the environment, as a check does', async () => {
    const text = `
scenarios:
  flow: { steps: [{ tcp: { host: a.example, port: "\${env.PORT}" } }] }
`;
    expect((await stepsOf(text, { PORT: '8080' }))[0]?.check.spec).toEqual({ host: 'a.example', port: 8080 });
  });
});
