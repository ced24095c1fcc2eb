import { describe, expect, test } from 'vitest';
import { complaintsOf, configOf, firstCheckOf } from '../../tests/load-texts.ts';

const CHECK = 'checks:\n  a: { http: https://a.example/ }\n';

describe('placeholders', () => {
  const url = async (written: string, given = {}, vars = '') =>
    (await firstCheckOf(`${vars}checks:\n  a: { http: { url: "https://a.example/", body: ${written} } }\n`, given))
      .spec['body'];

  test('a value from the environment is one text: nothing in it is read again', async () => {
    for (const value of ['a"b\nc: d', '${vars.x}', '$(id)', '`id`', '__proto__', '$$']) {
      expect(await url('"<${env.X}>"', { environment: { X: value } })).toBe(`<${value}>`);
    }
  });

  test('an unset or empty variable takes its default, which may be empty', async () => {
    expect(await url('"${env.X:-b:-c}"')).toBe('b:-c');
    expect(await url('"${env.X:-b}"', { environment: { X: '' } })).toBe('b');
    expect(await url('"${env.X:-b}"', { environment: { X: 'x' } })).toBe('x');
    expect(await url('"<${env.X:-}>"')).toBe('<>');
  });

  test('names of JavaScript are no variables', async () => {
    const text = 'checks:\n  a: { http: "https://a.example/${env.constructor}${vars.toString}" }\n';
    expect(await complaintsOf(text)).toEqual([
      '3:33 the environment variable constructor is not set',
      '3:51 there is no variable "toString"',
    ]);
  });

  test('the same fault twice in one text is said once', async () => {
    const text = 'checks:\n  a: { http: "https://a.example/${vars.x}${vars.x}" }\n';
    expect(await complaintsOf(text)).toEqual(['3:33 there is no variable "x"']);
  });

  test('a doubled dollar is a literal', async () => {
    expect(await url('"$${env.X} $$ $x $$${run.id}"')).toBe('${env.X} $$ $x $${run.id}');
  });

  test('the run has an id, and each uuid is another', async () => {
    expect(await url('"${run.id} ${uuid} ${uuid}"')).toBe('run-7 uuid-1 uuid-2');
  });

  test('a variable keeps its type where it stands alone, and its text elsewhere', async () => {
    const vars = 'vars: { n: 5, flag: true, list: [x], whole: "${vars.list}" }\n';
    const config = await configOf(
      `${vars}checks:\n  a: { http: https://a.example/, samples: "\${vars.n}", tags: "\${vars.whole}", title: "n\${vars.n}\${vars.flag}" }\n`,
    );
    expect(config.checks[0]).toMatchObject({ samples: 5, tags: ['x'], title: 'n5true' });
  });

  test('variables may refer to each other in any order', async () => {
    expect(await url('"${vars.a}"', {}, 'vars: { a: "1${vars.b}", b: "2${vars.c}", c: "3${env.X:-4}" }\n')).toBe(
      '1234',
    );
  });

  test('the chosen environment replaces variables, and only it', async () => {
    const vars =
      'vars: { at: "${env.UNSET:-prod}" }\nenvironments: { staging: { vars: { at: stage } }, broken: { vars: { at: "${env.NO}" } } }\n';
    expect(await url('"${vars.at}"', {}, vars)).toBe('prod');
    expect(await url('"${vars.at}"', { chosen: 'staging' }, vars)).toBe('stage');
  });

  test('a chain of 20,000 variables is resolved, and a cycle as long is refused', async () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => `  v${at}: "\${vars.v${at + 1}}"\n`).join('');
    expect(await url('"${vars.v0}"', {}, `vars:\n${chain}  v20000: end\n`)).toBe('end');
    const [complaint] = await complaintsOf(`vars:\n${chain}  v20000: "\${vars.v0}"\n${CHECK}`);
    expect(complaint).toContain('variables refer to each other: v0 -> v1 -> ');
  });
});

describe('what is absent', () => {
  const check = (keys: string) => `secrets: [API_TOKEN]\nchecks:\n  a: { ${keys} }\n`;
  const withToken = check('http: { url: https://a.example/, auth: { bearer: "${secret.API_TOKEN}" } }');

  test('a secret that is absent marks the checks that use it, through variables too', async () => {
    expect((await firstCheckOf(withToken)).missing).toEqual(['API_TOKEN']);
    const through = `vars: { header: "Bearer \${secret.API_TOKEN}" }\n${check('http: { url: https://a.example/, headers: { a: "${vars.header}" } }')}`;
    expect((await firstCheckOf(through)).missing).toEqual(['API_TOKEN']);
  });

  test('a check whose whole address is an absent secret is marked, not refused', async () => {
    const whole = await firstCheckOf(check('http: "${secret.API_TOKEN}"'));
    expect(whole).toMatchObject({
      missing: ['API_TOKEN'],
      target: 'http, not known without what is absent',
      host: null,
    });
    const odd = await firstCheckOf(check('http: { url: https://a.example/, follow: "${secret.API_TOKEN}" }'));
    expect(odd.missing).toEqual(['API_TOKEN']);
  });

  test('a required variable that is absent marks the check, also where a placeholder needs it', async () => {
    const text =
      'vars: { mcp: "${env.MCP_URL}/mcp" }\nchecks:\n  a: { http: "${vars.mcp}", requires: [MCP_URL, OTHER] }\n';
    expect((await firstCheckOf(text)).missing).toEqual(['MCP_URL', 'OTHER']);
    expect(await firstCheckOf(text, { environment: { MCP_URL: 'https://m.example', OTHER: '1' } })).toMatchObject({
      missing: [],
      target: 'https://m.example/mcp',
    });
    expect(await complaintsOf(`${text}  b: { http: "\${vars.mcp}" }\n`)).toEqual([
      '5:14 the environment variable MCP_URL is not set',
    ]);
  });

  test('a secret comes from the environment or from a file without its last line feed', async () => {
    const direct = await configOf(withToken, { environment: { API_TOKEN: 's3cr3t-value' } });
    expect([...direct.secrets]).toEqual([['API_TOKEN', 's3cr3t-value']]);
    const given = { environment: { API_TOKEN_FILE: '/run/token' }, secretFiles: { '/run/token': 'from-file\r\n' } };
    const filed = await configOf(withToken, given);
    expect(filed.checks[0]?.spec).toMatchObject({ auth: { bearer: 'from-file' } });
    expect(filed.checks[0]?.missing).toEqual([]);
  });

  test('no secret is in what reports show', async () => {
    const config = await configOf(
      check('http: { url: "https://a.example/${secret.API_TOKEN}?q=1", headers: { x: "${secret.API_TOKEN}" } }'),
      { environment: { API_TOKEN: 's3cr3t value' } },
    );
    const [{ spec: _, ...shown } = { spec: {} }] = config.checks;
    expect(JSON.stringify(shown)).not.toMatch(/s3cr3t/);
    expect(JSON.stringify(shown)).toContain('***');
  });
});
