import { expect, test } from 'vitest';
import { redactingCuts } from './cut-secrets.ts';

const SECRET = 'hunter2-not-for-you';
const clean = redactingCuts((text) => text.replaceAll(SECRET, '***'), ['http://a.example/', SECRET]);

test.each([
  [`<p>${SECRET}</p>`, '<p>***</p>'],
  ['<p>token hunter2-no…</p>', '<p>token ***…</p>'],
  ['hunter…', '***…'],
  ['hunter2-no… and hunter2-not-f…', '***… and ***…'],
  ['hunte…', 'hunte…'],
  ['hunter2 is a word', 'hunter2 is a word'],
  ['http://a.exam…', 'http://a.exam…'],
  ['……', '……'],
  ['', ''],
])('%j becomes %j', (text, cleaned) => {
  expect(clean(text)).toBe(cleaned);
});
