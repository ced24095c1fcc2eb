import { expect, test } from 'vitest';
import { evaluate } from '../../matchers/evaluate.ts';
import { commandContext, failureOf, lookAt } from './test-look.ts';

const KiB = 1024;

/** Prints so many bytes, the first and the last of them told apart. */
const printing = (bytes: number): string => `printf first; head -c ${bytes - 9} /dev/zero | tr '\\0' x; printf last`;

test('128 KiB are kept whole', async () => {
  const facts = await lookAt(printing(128 * KiB));
  expect(facts['stdout']).toMatch(/^firstx+last$/);
  expect(facts).toMatchObject({ 'stdout-size': 128 * KiB });
  expect(Object.keys(facts)).not.toEqual(expect.arrayContaining([expect.stringMatching(/head|tail|left-out/)]));
});

test('of more there are head and tail and how much is gone, and no text of which an absence would prove anything', async () => {
  const facts = await lookAt(printing(200 * KiB));
  expect(facts).not.toHaveProperty('stdout');
  expect(facts).toMatchObject({ 'stdout-size': 200 * KiB, 'stdout-left-out': 72 * KiB, stderr: '' });
  expect(facts['stdout-head']).toMatch(/^firstx{65531}$/);
  expect(facts['stdout-tail']).toMatch(/^x{65532}last$/);
  const absence = { fact: 'stdout', matcher: 'not-contains', expected: 'ERROR', level: 'expect', code: null } as const;
  expect(evaluate({ ...absence, source: null }, facts, new Date())).toMatchObject({ held: false });
});

test('head and tail of a short output are there when they are asked for', async () => {
  const asked = ['stdout-tail', 'stderr-head'];
  const facts = await lookAt('echo out; echo err >&2', {}, commandContext(5000, { asked }));
  expect(facts).toMatchObject({ stdout: 'out\n', 'stdout-tail': 'out\n', 'stderr-head': 'err\n' });
  expect(facts).not.toHaveProperty('stdout-head');
});

test('a long JSON is kept whole when a JSONPath asks for it, and is no JSON otherwise', async () => {
  const script = `printf '{"list": "'; head -c ${300 * KiB} /dev/zero | tr '\\0' x; printf '"}'`;
  const facts = await lookAt(script, {}, commandContext(5000, { asked: ['$.list'] }));
  expect(facts['json']).toEqual({ list: 'x'.repeat(300 * KiB) });
  expect(facts).not.toHaveProperty('stdout');
  expect(String(facts['stdout-tail'])).toMatch(/^x{65534}"\}$/);
  expect(facts).toMatchObject({ 'stdout-left-out': 300 * KiB + 12 - 128 * KiB });
  expect(await lookAt(script)).not.toHaveProperty('json');
});

test('a flood is read to the end of the time in constant memory, and does not hold up what it is read beside', async () => {
  const before = process.memoryUsage().rss;
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 5);
  const failure = await failureOf({ argv: ['yes', 'y'.repeat(1000)] }, commandContext(1000));
  clearInterval(timer);
  expect(failure).toMatchObject({ code: 'timeout' });
  expect(Number(failure.facts['stdout-size'])).toBeGreaterThan(50_000_000);
  expect(String(failure.facts['stdout-tail']).length).toBeLessThanOrEqual(64 * KiB);
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  expect(turns).toBeGreaterThan(20);
});

test('a program that was held up by a full pipe goes on: both outputs are read beside each other', async () => {
  const facts = await lookAt('head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero; echo end');
  expect(facts).toMatchObject({ 'exit-code': 0, 'stderr-size': 3_000_000, 'stdout-size': 3_000_004 });
});
