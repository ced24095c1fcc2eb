import { afterEach, expect, test } from 'vitest';
import { makeFinder } from './sensitive.ts';
import type { SensitiveKind } from './sensitive-kinds.ts';
import { ask } from './test-ask.ts';
import { makeTree } from './test-tree.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const findIn = (text: string, kind: SensitiveKind): readonly string[] => makeFinder([kind], () => false)(text).what;

const mixed = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcDeFgHiJkLmNoPqRsTuVwXyZ0123456789';
const hex = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

/** Put together here, so that nobody who looks through this repository finds a secret in it. */
const joined = (...parts: readonly string[]): string => parts.join('');

test.each([
  ['a private key', joined('-----BEGIN ', 'RSA PRIVATE KEY-----')],
  ['a private key', joined('-----BEGIN ', 'OPENSSH PRIVATE KEY-----')],
  ['a private key', joined('{"private_key": "-----BEGIN ', 'PRIVATE KEY-----\\nMII"}')],
  ['an AWS access key', joined('key AKIA', 'IOSFODNN7EXAMPLE end')],
  ['a password or secret that is written out', joined('aws_secret_access_key = ', mixed.slice(0, 40))],
  ['a GitHub token', joined('ghp', '_', mixed.slice(0, 36))],
  ['a GitHub token', joined('github', '_pat_', mixed.slice(0, 40))],
  ['a GitLab token', joined('glpat', '-', mixed.slice(0, 20))],
  ['a Slack token', joined('xoxb', '-123456789012-', mixed.slice(0, 24))],
  ['a Slack webhook', joined('https://hooks.slack.com/', 'services/T00000000/B00000000/', mixed.slice(0, 24))],
  ['a Stripe key', joined('sk', '_live_', mixed.slice(0, 24))],
  ['a JSON Web Token', joined('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxIn0', '.abc')],
  ['a Google API key', joined('AIza', mixed.slice(0, 35))],
  ['an Anthropic key', joined('sk-ant', '-api03-', mixed.slice(0, 40))],
  ['an OpenAI key', joined('sk-proj', '-', mixed.slice(0, 40))],
  ['a Hugging Face token', joined('hf', '_', mixed.slice(0, 34))],
  ['an npm token', joined('npm', '_', mixed.slice(0, 36))],
  ['a PyPI token', joined('pypi', '-AgEIcHlwaS5vcmc', mixed.slice(0, 20))],
  ['a SendGrid key', joined('SG', '.', mixed.slice(0, 22), '.', mixed.slice(0, 43))],
  ['a Twilio key', joined('SK', hex.slice(0, 32))],
  ['a DigitalOcean token', joined('dop', '_v1_', hex)],
  ['a Telegram bot token', joined('123456789', ':AA', mixed.slice(0, 33))],
  ['a Vault token', joined('hvs', '.', mixed.slice(0, 30))],
  ['a Grafana token', joined('glsa', '_', mixed.slice(0, 32), '_', hex.slice(0, 8))],
  ['a Supabase token', joined('sbp', '_', hex.slice(0, 40))],
  ['a Langfuse key', joined('sk-lf', '-', hex.slice(0, 36))],
  ['a password in an address', 'DATABASE_URL=postgres://app:hunter2@db.internal:5432/app'],
  ['a password in an address', 'redis://:hunter2@cache:6379'],
  ['credentials of a request', 'Authorization: Basic dXNlcjpwYXNzd29yZA=='],
  ['credentials of a request', `authorization: Bearer ${mixed.slice(0, 20)}`],
  ['a key of a connection string', `AccountKey=${mixed.slice(0, 40)}==;EndpointSuffix=x`],
  ['a password or secret that is written out', 'password=hunter2'],
  ['a password or secret that is written out', 'DB_PASSWORD: "correct horse"'],
  ['a password or secret that is written out', '{"user":"a","password":"hunter2"}'],
  ['a password or secret that is written out', String.raw`{"body":"{\"clientSecret\":\"hunter22\"}"}`],
  ['a password or secret that is written out', "const apiKey = 'abc123';"],
  ['a password or secret that is written out', 'GET /x?access_token=abc123def&y=1'],
  ['a password or secret that is written out', 'Server=x;Uid=sa;Pwd=hunter2;'],
  ['a password or secret that is written out', 'password: hunter'],
  ['a password or secret that is written out', 'PASSWORD=secret'],
  ['a password on a command line', 'mysqldump --password hunter2 --all'],
  ['a password in SQL', "CREATE ROLE app LOGIN PASSWORD 'hunter2'"],
  ['a password in XML', '<db.password>hunter2</db.password>'],
])('%s is found in its usual form', (what, text) => {
  expect(findIn(text, 'secrets')).toContain(what);
  expect(findIn(`${'-'.repeat(30)} ${text} tail`, 'secrets')).toContain(what);
});

test.each([
  'password=***',
  'password: [REDACTED]',
  '{"password":"********"}',
  '{"token":null,"secret":true}',
  'password=${DB_PASSWORD}',
  'password: {{ vault.password }}',
  'password: <your password>',
  'const password = process.env.PASSWORD;',
  "token = os.environ['TOKEN']",
  'password = getPassword(user)',
  'password: string;',
  "fetch(url, { credentials: 'include' })",
  'login failed: wrong password: attempt 3 of 5',
  'invalid password: must be at least 8 characters',
  'PWD=/home/app',
  'compass=north',
  'tokens: 1234',
  'postgres://app:${PASSWORD}@db/app',
  'https://example.com:8443/path@2x',
  'basic authentication is required',
  'sk-folding-cube-with-many-words-in-a-row',
  'trace=abcdef0123456789abcdef0123456789',
  'Authorization: Bearer ***',
  'the pass was closed',
  'password:',
])('%s holds no secret', (text) => {
  expect(findIn(text, 'secrets')).toEqual([]);
});

test.each<[SensitiveKind, string, boolean]>([
  ['email-addresses', 'user jane.doe+x@example.co.uk logged in', true],
  ['email-addresses', '{"email":"jane@example.com"}', true],
  ['email-addresses', 'to=jane%40example.com', true],
  ['email-addresses', 'j***@example.com', false],
  ['email-addresses', 'j***n@example.com', false],
  ['email-addresses', 'jane@e******.com', false],
  ['email-addresses', 'icon@2x.png user@1000.service lodash@4.17.21', false],
  ['email-addresses', 'löwe@müller.example', true],
  ['card-numbers', 'card 4111 1111 1111 1111 ok', true],
  ['card-numbers', 'card=4111111111111111', true],
  ['card-numbers', '5555-5555-5555-4444', true],
  ['card-numbers', '3782 822463 10005', true],
  ['card-numbers', 'order 1 4111 1111 1111 1111', true],
  ['card-numbers', '4111 1111 1111 1112', false],
  ['card-numbers', '**** **** **** 1111', false],
  ['card-numbers', '411111******1111', false],
  ['card-numbers', 'at 1767225600123456 ns', false],
  ['card-numbers', 'ratio 0.4111111111111111', false],
  ['card-numbers', '0000000000000000', false],
  ['phone-numbers', 'call +49 171 2345678 now', true],
  ['phone-numbers', 'tel:+14155552671', true],
  ['phone-numbers', '(415) 555-2671', true],
  ['phone-numbers', '415-555-2671', true],
  ['phone-numbers', '0049 171 2345678', true],
  ['phone-numbers', '2026-01-02T03:04:05+02:00', false],
  ['phone-numbers', '0.00123456789', false],
  ['phone-numbers', '"GET /" 200 512 1234', false],
  ['phone-numbers', '+49 *** ***78', false],
  ['ibans', 'DE89 3704 0044 0532 0130 00', true],
  ['ibans', 'iban=GB82WEST12345698765432', true],
  ['ibans', 'DE89 3704 0044 0532 0130 01', false],
  ['ibans', 'DE89 **** **** **** **** 00', false],
])('%s in %j: %s', (kind, text, expected) => {
  expect(findIn(text, kind).length > 0).toBe(expected);
});

test('what is found is told by its sort and place, and never shown', async () => {
  const secret = joined('ghp', '_', mixed.slice(0, 36));
  const { root, close } = await makeTree({
    'app.log': `start\ntoken ${secret}\npassword=hunter2 jane@example.com\ncard 4111111111111111\n`,
  });
  closers.push(close);
  const forbid = ['secrets', 'email-addresses', 'card-numbers'] as const;
  const told = await ask({ glob: '*.log', forbid: [...forbid] }, { folder: root, asked: ['content', 'lines'] });
  expect(told.broken).toEqual([
    'forbidden: file-invalid: app.log:2 holds what looks like a GitHub token; app.log:3 holds what looks like a ' +
      'password or secret that is written out; app.log:3 holds what looks like an e-mail address; and 1 more',
  ]);
  const everything = JSON.stringify(told);
  for (const text of [secret, secret.slice(4, 20), 'hunter2', 'jane', '4111', '1111']) {
    expect(everything).not.toContain(text);
  }
});

test('a secret that the configuration declares is found whatever it looks like', async () => {
  const { root, close } = await makeTree({ 'a.log': 'ok\nsaid plain-looking-words here\n' });
  closers.push(close);
  const redact = (text: string): string => text.replaceAll('plain-looking-words', '***');
  const spec = { glob: 'a.log', forbid: 'secrets' } as const;
  expect((await ask(spec, { folder: root, redact })).broken).toEqual([
    'forbidden: file-invalid: a.log:2 holds a secret that this configuration declares',
  ]);
  expect((await ask(spec, root)).broken).toEqual([]);
  const literal = { glob: 'a.log', 'must-not-contain': String.raw`\Qplain-looking-words\E` };
  const told = JSON.stringify(await ask(literal, { folder: root, redact }));
  expect(told).toContain('a.log:2 holds /');
  expect(told).not.toContain('plain');
});

test('what is allowed is counted and harmless, and only that', async () => {
  const { root, close } = await makeTree({ 'a.log': 'from noreply@example.com\nfrom jane@example.com\n' });
  closers.push(close);
  const spec = { glob: 'a.log', forbid: 'email-addresses', allow: '^noreply@' } as const;
  const { facts, broken } = await ask(spec, root);
  expect(facts).toMatchObject({ forbidden: 1, allowed: 1 });
  expect(broken[0]).toContain('a.log:2 holds');
});

test('a hostile line takes time that grows with its length alone', () => {
  const kinds = ['secrets', 'email-addresses', 'phone-numbers', 'card-numbers', 'ibans'] as const;
  const find = makeFinder(kinds, () => false);
  const pieces = [
    'a',
    'a-',
    'A1',
    'ey',
    'eyAAAAAAAAAAAA.',
    'password=',
    'password="',
    '://',
    'a:',
    '@',
    '1 ',
    '4111 ',
    '+1',
    'x@a.',
    '(',
    ' ',
    '\\"',
    'sk-',
    'pass',
    "'",
    'DE00',
    'AT',
    '<password>',
  ];
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    const started = performance.now();
    find(text);
    expect([piece, performance.now() - started < 1500]).toEqual([piece, true]);
  }
});
