import { array, assert, asyncProperty, nat, oneof, tuple, uint8Array } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { columnsMessage, errorMessage, LET_IN, message, READY, rowMessage, runBackend, text } from './test-backend.ts';

/** A server whose honest words have some bytes changed, or that says anything at all. */
const HONEST = Buffer.concat([
  columnsMessage(['a', 'b']),
  message('2'),
  errorMessage({ S: 'NOTICE', M: 'hello' }, 'N'),
  rowMessage(['1', 'x']),
  rowMessage(['2', 'y']),
  message('C', text('SELECT 2')),
  READY,
]);

let words: { readonly login: Buffer; readonly query: Buffer } = { login: LET_IN, query: HONEST };
let backend: Awaited<ReturnType<typeof runBackend>>;

beforeAll(async () => {
  backend = await runBackend({
    login: (socket) => (words.login === LET_IN ? void socket.write(LET_IN) : void socket.end(words.login)),
    query: (socket) => void socket.end(words.query),
  });
});

afterAll(() => backend.server.close());

/** Facts, or why there are none: nothing else may come of a look. */
const outcome = async (next: typeof words): Promise<string> => {
  words = next;
  const url = `postgres://me:open-sesame@127.0.0.1:${backend.server.port}/db`;
  try {
    const facts = await look({ url, query: 'select bad' }, testContext());
    return Array.isArray(facts['rows']) ? 'facts' : 'no rows';
  } catch (error) {
    return error instanceof CouldNotLook ? 'could not look' : String(error);
  }
};

const changed = (honest: Buffer) =>
  array(tuple(nat(honest.length - 1), nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = Buffer.from(honest);
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  });

const anything = uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes));

test('the honest server is understood', async () => {
  expect(await outcome({ login: LET_IN, query: HONEST })).toBe('facts');
});

test('whatever a server answers to a query, a look ends with facts or a reason', async () => {
  await assert(
    asyncProperty(oneof(changed(HONEST), anything), async (query) => {
      expect(await outcome({ login: LET_IN, query })).toMatch(/^(facts|could not look)$/);
    }),
    { numRuns: 150 },
  );
});

test('whatever a server answers to a login, a look ends with a reason', async () => {
  await assert(
    asyncProperty(oneof(changed(LET_IN), anything), async (login) => {
      expect(await outcome({ login, query: HONEST })).toBe('could not look');
    }),
    { numRuns: 150 },
  );
});
