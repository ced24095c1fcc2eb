import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { brokenDefaults, startSite, type Route, type Site } from '../test-site.ts';
import { startVisits, type Visits } from './test-visits.ts';

let visits: Visits;

beforeAll(async () => {
  visits = await startVisits();
});

afterAll(() => visits.close());

const sites: Site[] = [];

const site = async (routes: { readonly [path: string]: Route }): Promise<Site> => {
  const started = await startSite(routes);
  sites.push(started);
  return started;
};

afterEach(() => {
  for (const { close } of sites.splice(0)) close();
});

const FORM = `<title>Sign in</title><h1>Sign in</h1>
  <form action="/orders" method="post">
    <label>Email <input name=email placeholder="you@example.com"></label>
    <label>Password <input name=password type=password></label>
    <select aria-label=Country name=country><option value=de>Germany<option value=fr>France</select>
    <label><input type=checkbox name=terms> I agree</label>
    <button data-testid=go title="Go on" disabled>Sign in</button>
  </form>
  <script>document.querySelector('[type=checkbox]').onchange = (event) => {
    setTimeout(() => { document.querySelector('button').disabled = !event.target.checked }, 100);
  }</script>`;

const ORDERS = `<title>Orders</title><h1>Orders</h1><ul id=list></ul>
  <img alt=Logo src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">
  <input aria-label=Search><iframe src="/frame" name=inner></iframe>
  <script>setTimeout(() => {
    list.innerHTML = '<li class=row>first <button>Open</button></li><li class=row>second <button>Open</button></li>';
  }, 150);
  document.querySelector('input').onkeydown = (event) => { if (event.key === 'Enter') location.hash = event.target.value; };
  </script>`;

test('a flow of every kind of step is done in order, and what it read becomes facts', async () => {
  const { origin, requests } = await site({
    '/': FORM,
    '/orders': ORDERS,
    '/frame': '<p>in the frame</p>',
    '/order': '<title>Order 1</title><b id=total>Total: 12 euros</b>',
  });
  const steps: object[] = [
    { expect: { disabled: { 'test-id': 'go' }, title: 'Sign in', count: { of: 'input', equals: 3 } } },
    { fill: { label: 'email', value: 'a@example.com' } },
    { fill: { selector: '[name=password]', value: 'a password' } },
    { expect: { value: { of: { placeholder: 'you@' }, 'ends-with': '@example.com' } } },
    { select: { label: 'Country', option: 'France' } },
    { check: { label: 'I agree' } },
    { expect: { checked: { role: 'checkbox' }, enabled: { title: 'Go on' } } },
    { uncheck: { role: 'checkbox' } },
    { expect: { unchecked: { role: 'checkbox' } } },
    { check: { role: 'checkbox' } },
    { hover: 'h1' },
    { click: { role: 'button', name: 'sign in' } },
    { 'wait-for': { text: 'second' } },
    {
      expect: {
        url: '/orders',
        text: 'first',
        count: { of: '.row', 'at-least': 2 },
        visible: { role: 'heading', name: 'Orders', exact: true },
        hidden: { text: 'Sign in' },
      },
    },
    {
      expect: { text: { of: { selector: 'p', frame: 'iframe' }, equals: 'in the frame' }, visible: { alt: 'Logo' } },
    },
    { press: { label: 'Search', key: 'a' } },
    { press: 'Enter' },
    { expect: { url: { 'ends-with': '#a' } } },
    {
      read: {
        second: { selector: '.row', nth: 2 },
        open: { role: 'button', inside: { text: 'first' } },
        search: { label: 'Search' },
      },
    },
    { goto: '/order' },
    { 'wait-for': 'load' },
    { read: { total: '#total' }, within: '2s' },
  ];
  const spec = { url: origin, steps };
  const facts = await visits.factsOf(spec);
  expect(facts['failed-step']).toBeUndefined();
  expect(facts).toMatchObject({
    'steps-done': 22,
    title: 'Order 1',
    'final-url': `${origin}/order`,
    values: { second: 'second Open', open: 'Open', search: 'a', total: 'Total: 12 euros' },
  });
  expect(facts['steps']).toMatchObject({ '1': 'done', '22': 'done' });
  expect(brokenDefaults(spec, facts)).toEqual([]);
  const posts = requests.filter(({ method, url }) => method === 'POST' && url === '/orders');
  expect(posts).toHaveLength(1);
});

test('a step that fails tells what it wanted, what was there, and stops the rest', async () => {
  const { origin } = await site({ '/': `${FORM}<p>Wrong password</p>` });
  const spec = {
    url: origin,
    steps: [
      { fill: { label: 'Email', value: 'typed-text' } },
      { click: { role: 'button', name: 'Sign in' }, within: '500ms' },
      { expect: { visible: { text: 'Orders' } } },
    ],
  };
  const facts = await visits.factsOf(spec);
  expect(facts['steps']).toEqual({ '1': 'done', '2': 'failed', '3': 'not reached' });
  expect(facts['failed-step']).toMatchObject({
    number: '2',
    step: 'click role=button "Sign in"',
    code: 'assertion-failed',
    message: `step 2, click role=button "Sign in": it is disabled, after 500ms, on ${origin}/ "Sign in", which shows "Sign in Email Password Germany France I agree Sign in Wrong password"`,
    text: expect.stringContaining('Wrong password'),
  });
  expect(brokenDefaults(spec, facts)).toEqual(['expect steps-done: assertion-failed']);
});

test.each<[string, object, string]>([
  ['what is not there', { click: '#nothing', within: '300ms' }, 'nothing matches, after 300ms'],
  [
    'what is there twice',
    { click: 'input', within: '300ms' },
    '3 elements match: say which with name, exact, inside or nth',
  ],
  ['another text', { expect: { text: 'Welcome' }, within: '300ms' }, 'text: string "Sign in\\nEmail'],
  ['another address', { expect: { url: '/x?token=abc' }, within: '300ms' }, '/" is not "http'],
  ['a password', { read: { p: '[type=password]' } }, 'a field for a password is not read'],
])('a step fails on %s', async (_what, step, message) => {
  const { origin } = await site({ '/': FORM });
  const facts = await visits.factsOf({ url: origin, steps: [step] });
  expect(facts['failed-step']).toMatchObject({ message: expect.stringContaining(message) });
});

test('an answer that a click leads to counts, even when it comes late', async () => {
  const { origin } = await site({
    '/': '<form action="/late" method=post><button>Go</button></form>',
    '/late': (_, response) => {
      setTimeout(() => response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Broken'), 700);
    },
  });
  const spec = { url: origin, steps: [{ click: 'button' }] };
  const facts = await visits.factsOf(spec);
  expect(facts).toMatchObject({ status: 500, 'final-url': `${origin}/late`, 'steps-done': 1 });
  expect(brokenDefaults(spec, facts)).toEqual(['expect status: http-5xx']);
});

test('a step that leads to where nobody answers fails as that does', async () => {
  const { origin } = await site({ '/': '<title>Home</title><a href="/">on</a>' });
  const { facts, failure } = await visits.visit({
    url: origin,
    steps: [{ hover: 'a' }, { goto: `${origin.replace(/\d+$/, '1025')}/` }],
  });
  expect(failure?.code).toBe('connect-refused');
  expect(failure?.message).toMatch(/^step 2, goto http:\/\/127.0.0.1:1025\/: .*: nobody listens there/);
  expect(facts).toMatchObject({ steps: { '1': 'done', '2': 'failed' } });
});

test('a question of the page is declined, or accepted where the check says so', async () => {
  const { origin } = await site({
    '/': '<button>Delete</button><p></p><script>document.querySelector("button").onclick = () => { document.querySelector("p").textContent = confirm("Sure?") ? "gone" : "kept" }</script>',
  });
  const steps: object[] = [{ click: 'button' }, { read: { result: 'p' } }];
  expect(await visits.factsOf({ url: origin, steps })).toMatchObject({ values: { result: 'kept' } });
  const accepted = await visits.factsOf({ url: origin, steps, dialogs: 'accept' });
  expect(accepted).toMatchObject({ values: { result: 'gone' }, dialogs: ['confirm: Sure?'] });
});
