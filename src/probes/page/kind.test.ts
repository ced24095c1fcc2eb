import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { page } from './kind.ts';
import type { Spec } from './schema.ts';

const url = 'https://shop.example/orders';

const problemsOf = (spec: Spec): readonly string[] =>
  page.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`);

test.each([
  'file:///etc/passwd',
  'data:text/html,x',
  'javascript:alert(1)',
  'chrome://version',
  'view-source:http://a/',
  'blob:http://a/1',
  'ftp://a/',
  'ws://a/',
  'about:blank',
])('only http and https are visited, not %s', (address) => {
  const scheme = address.slice(0, address.indexOf(':'));
  const message = `has the scheme "${scheme}": only http and https can be probed`;
  expect(problemsOf({ url: address })).toEqual([`url ${message}`]);
  expect(problemsOf({ url, steps: [{ goto: address }] })).toEqual([`steps.0.goto ${message}`]);
});

test.each<[object, readonly string[]]>([
  [{}, []],
  [{ url: 'nowhere' }, ['url is not a URL: expected something like https://example.com/health']],
  [{ url: 'http://a.example:0/' }, ['url has port 0: expected 1 to 65535']],
  [{ viewport: '100x900' }, ['viewport has a side under 200 or over 4096 pixels']],
  [{ viewport: '390x844' }, []],
  [
    { headers: { Host: 'a', cookie: 'b' } },
    [
      'headers.Host is a header that only the browser sets',
      'headers.cookie is a header that only the browser sets; cookies come from auth-state',
    ],
  ],
  [{ headers: { 'x y': 'a' } }, ['headers.x y is not a name that a header can have']],
  [{ headers: { authorization: 'a' }, auth: { bearer: 'b' } }, ['headers.authorization is said a second time by auth']],
  [{ 'allow-console': ['('] }, ['allow-console.0 is not a pattern: missing closing ): `(`']],
  [
    { 'first-party': ['*.a.example', 'https://a.example/'] },
    ['first-party.1 is not a host such as static.example.com or *.example.com'],
  ],
  [{ 'connect-to': 'a' }, ['connect-to is not host:port with a port from 1 to 65535']],
])('%j has the problems %j', (more, problems) => {
  expect(problemsOf({ url, ...more })).toEqual(problems);
});

test.each<[object, readonly string[]]>([
  [{ goto: '/next?a=b' }, []],
  [{ click: 'text=Sign in' }, []],
  [{ click: { role: 'button', name: 'Save', inside: { label: 'Settings' }, nth: -1 } }, []],
  [
    { within: '5s' },
    [' does nothing: expected one of goto, click, fill, select, press, check, uncheck, hover, wait-for, expect, read'],
  ],
  [{ click: 'a', hover: 'b' }, ['hover is a second action beside click: write it as a step of its own']],
  [
    { click: {} },
    ['click names no element: expected one of role, text, label, placeholder, test-id, alt, title, selector'],
  ],
  [{ click: { role: 'buton' } }, ['click.role is no ARIA role: did you mean "button"?']],
  [{ check: { text: 'a', label: 'b' } }, ['check.label is a second way to name the element, beside text']],
  [{ fill: { label: 'a', name: 'b', value: 'c' } }, ['fill.name needs role beside it']],
  [
    { 'wait-for': { text: 'a', nth: 0 } },
    ['wait-for.nth is not the number of one of several: 1 is the first, -1 the last'],
  ],
  [
    { hover: { text: 'a', inside: { role: 'x', label: 'y' } } },
    ['hover.inside.label is a second way to name the element, beside role', 'hover.inside.role is no ARIA role'],
  ],
  [{ press: { key: 'Enter' } }, []],
  [{ press: { key: 'Enter', role: 'zz' } }, ['press.role is no ARIA role']],
  [
    { read: { total: { nth: 1 } } },
    ['read.total names no element: expected one of role, text, label, placeholder, test-id, alt, title, selector'],
  ],
  [
    { expect: { count: { of: '.row', 'at-leest': 3 } } },
    ['expect.count.at-leest cannot be asked: there is no matcher "at-leest"; did you mean "at-least"?'],
  ],
  [{ expect: { text: { of: { role: 'zz' }, contains: 'a' } } }, ['expect.text.of.role is no ARIA role']],
  [
    { expect: { title: { of: 'h1', contains: 'a' } } },
    ['expect.title.of has no meaning here: it is of the page, not of an element'],
  ],
  [{ expect: { value: { of: '#a' } } }, ['expect.value cannot be asked: expected a matcher, found an empty mapping']],
])('the step %j has the problems %j', (step, problems) => {
  expect(problemsOf({ url, steps: [step] })).toEqual(
    problems.map((problem) => `steps.0${problem.startsWith(' ') ? '' : '.'}${problem}`),
  );
});

test('what is asked follows from the spec', () => {
  const asked = (spec: Spec) => page.defaults(spec).map(({ fact, level }) => `${level} ${fact}`);
  const always = [
    'expect status',
    'expect same-site',
    'expect page-errors',
    'expect csp-violations',
    'expect failed-requests',
    'warn console-errors',
  ];
  expect(asked({ url })).toEqual([...always, 'warn redirects']);
  expect(asked({ url, follow: true })).toEqual(always);
  expect(asked({ url, follow: true, steps: [{ click: 'a' }] })).toEqual([...always, 'expect steps-done']);
});

test('a secret in an address is in nothing that is shown, and a browser is a program', () => {
  const spec: Spec = { url: 'https://ann:pw@shop.example/orders?token=abc' };
  expect([page.target(spec), page.host(spec), page.tryCommand(spec), page.executes?.(spec)]).toEqual([
    'https://***@shop.example/orders?token=***',
    'shop.example:443',
    ['chromium', '--incognito', 'https://***@shop.example/orders?token=***'],
    true,
  ]);
  expect(page.layers(spec)).toEqual(['dns', 'tcp', 'tls', 'redirect', 'http', 'content']);
});

test('the first of many is told with how many more there are, a failed step by its own code', () => {
  const facts = {
    'page-errors': ['Error: a', 'Error: b'],
    'csp-violations': [{ directive: 'img-src', blocked: 'http://b.example/', where: 'http://a.example/:3' }],
    'failed-requests': [{ url: 'http://a.example/x', why: 'answers 404', status: 404 }],
    counts: { 'page-errors': 70, 'csp-violations': 1, 'failed-requests': 1 },
    'failed-step': { code: 'timeout', message: 'step 1, goto /: too late' },
  };
  expect(page.explain(facts, { url }).map(({ code, fact, message }) => [code, fact, message])).toEqual([
    ['timeout', 'steps-done', 'step 1, goto /: too late'],
    ['page-error', 'page-errors', 'an error that nobody caught: Error: a, and 69 more'],
    [
      'page-csp',
      'csp-violations',
      'the page breaks its Content-Security-Policy: img-src blocks http://b.example/ at http://a.example/:3',
    ],
    ['page-request-failed', 'failed-requests', 'a request of the page failed: http://a.example/x: answers 404'],
  ]);
});

test('neither the kind nor its look loads Playwright', () => {
  const script = `
    await import('./kind.ts');
    await import('./look.ts');
    const { Module } = await import('node:module');
    console.log(Object.keys(Module._cache).some((file) => file.includes('playwright')));`;
  const options = { cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8' } as const;
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], options).trim()).toBe('false');
});

test.each<[object[] | undefined, boolean]>([
  [undefined, false],
  [[{ goto: '/a' }, { 'wait-for': 'h1', within: '2s' }, { expect: { text: 'x' } }, { read: { a: 'h1' } }], false],
  [[{ goto: '/a' }, { click: 'button' }], true],
  [[{ fill: { label: 'Name', value: 'x' } }], true],
  [[{ press: 'Enter' }], true],
])('a visit with the steps %j may change something: %j', (steps, changes) => {
  expect(page.changes?.({ url, ...(steps === undefined ? {} : { steps }) })).toBe(changes);
});
