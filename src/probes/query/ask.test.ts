import { expect, test } from 'vitest';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { serveIndex, type Request } from './test-index.ts';

const QUESTION = 'Wie "läuft" das\\ & wo?\n#1 {{question}} $& 💸';

const sent = async (spec: Partial<Spec>, path = '/ask'): Promise<Request> => {
  const server = await serveIndex(() => ({ json: { hits: ['a'] } }));
  try {
    await look({ url: `${server.url}${path}`, question: QUESTION, ...spec }, testContext());
    const [request] = server.requests;
    if (request === undefined) throw new Error('nothing was asked');
    return request;
  } finally {
    await server.close();
  }
};

test('in the URL it is encoded as a part of a path or a parameter', async () => {
  const { url, method } = await sent({}, '/ask/{{question}}?q={{question}}&k=5');
  const { pathname, searchParams } = new URL(url, 'http://a.example');
  expect([decodeURIComponent(pathname), searchParams.get('q'), searchParams.get('k'), method]).toEqual([
    `/ask/${QUESTION}`,
    QUESTION,
    '5',
    'GET',
  ]);
});

test('in query: and form: it is one parameter', async () => {
  const inQuery = await sent({ query: { q: '<{{question}}>', also: ['{{question}}', 2] } });
  const parameters = new URL(inQuery.url, 'http://a.example').searchParams;
  expect([parameters.get('q'), parameters.getAll('also')]).toEqual([`<${QUESTION}>`, [QUESTION, '2']]);
  const inForm = await sent({ form: { q: '{{question}}' } });
  // A form ends its lines with CR LF.
  expect(new URLSearchParams(inForm.body).get('q')?.replaceAll('\r\n', '\n')).toBe(QUESTION);
});

test('in json: it stands in any text, however deep, and other values keep their type', async () => {
  const { body, method } = await sent({
    json: { input: ['{{question}}', 3, { role: 'user', content: 'Q: {{ question }}' }], stream: false },
  });
  expect(JSON.parse(body)).toEqual({
    input: [QUESTION, 3, { role: 'user', content: `Q: ${QUESTION}` }],
    stream: false,
  });
  expect(method).toBe('POST');
});

test.each<[string, Partial<Spec>, (body: string) => unknown]>([
  ['JSON by its beginning', { body: ' {"q":"{{question}}"}' }, (body) => JSON.parse(body).q],
  [
    'JSON by its type',
    { body: '"{{question}}"', headers: { 'Content-Type': 'application/json' } },
    (body) => JSON.parse(body),
  ],
  [
    'a form',
    { body: 'q={{question}}', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    (body) => new URLSearchParams(body).get('q'),
  ],
  ['plain text', { body: '{{question}}', headers: { 'content-type': 'text/plain' } }, (body) => body],
])('in body: it is written as %s needs it', async (_what, spec, read) => {
  expect(read((await sent(spec)).body)).toBe(QUESTION);
});
