import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { healthCheckRequest, readServingStatus } from './health-message.ts';

const read = (...bytes: readonly number[]) => readServingStatus(Uint8Array.from(bytes));

const many = (count: number, byte: number): readonly number[] => Array.from({ length: count }, () => byte);

test.each([
  ['', []],
  ['a', [0x0a, 1, 0x61]],
  ['\u00f6', [0x0a, 2, 0xc3, 0xb6]],
])('the request for %j is written as proto3 has it', (service, bytes) => {
  expect([...healthCheckRequest(service)]).toEqual(bytes);
});

test('a long name has its length in two bytes', () => {
  expect([...healthCheckRequest('a'.repeat(300)).subarray(0, 4)]).toEqual([0x0a, 0xac, 0x02, 0x61]);
});

test.each([
  ['nothing at all', [], 'UNKNOWN'],
  ['a status', [0x08, 1], 'SERVING'],
  ['a status written long', [0x08, 0x81, 0x80, 0x00], 'SERVING'],
  ['the same status twice', [0x08, 1, 0x08, 1], 'SERVING'],
  [
    'fields that nobody knows before it',
    [0x10, 5, 0x1a, 2, 1, 2, 0x25, 1, 2, 3, 4, 0x29, ...many(8, 0), 0x08, 2],
    'NOT_SERVING',
  ],
  ['a group before it', [0x13, 0x10, 5, 0x1b, 0x1c, 0x14, 0x08, 1], 'SERVING'],
  ['a status of another wire type', [0x0a, 1, 1], 'UNKNOWN'],
  ['a status that is SERVING once it is cut to 32 bits', [0x08, 0x81, 0x80, 0x80, 0x80, 0x10], '4294967297'],
  ['a negative status', [0x08, ...many(9, 0xff), 0x01], '18446744073709551615'],
])('%s is %s', (_name, bytes, status) => {
  expect(read(...bytes)).toEqual({ ok: true, status });
});

test.each([
  ['a tag alone', [0x08], 'a number that ends after the message'],
  ['a number without end', [0x08, ...many(11, 0xff)], 'a number of more than 10 bytes'],
  ['field 0', [0x00, 1], 'the field number 0'],
  ['a wire type that is none', [0x0e, 1], 'the wire type 6'],
  ['a text longer than the message', [0x12, 9, 1], 'a field of 9 bytes where 1 are left'],
  ['a length of 16 exabytes', [0x12, ...many(9, 0xff), 0x01], 'a field of 18446744073709551615 bytes where 0 are left'],
  ['the end of a group that was not begun', [0x0c], 'the wire type 4'],
  ['a group without end', [0x13, 0x08, 1], 'a number that ends after the message'],
  ['a group that ends as another', [0x13, 0x1c], 'a group that ends as another'],
  ['groups without bottom', many(200, 0x13), 'groups more than 100 deep'],
  ['two statuses', [0x08, 2, 0x08, 1], 'the status twice: NOT_SERVING and SERVING'],
])('%s is refused', (_name, bytes, problem) => {
  expect(read(...bytes)).toEqual({ ok: false, problem });
});

test('bytes of any kind are read or refused, and never hang or throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const reading = readServingStatus(bytes);
      expect(reading.ok ? reading.status : reading.problem).toMatch(/./);
    }),
  );
});

test('SERVING comes out of nothing but a status of 1', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const bytes = [0x08];
      for (let rest = value; ; rest >>= 7n) {
        bytes.push(Number(rest & 0x7fn) + (rest > 0x7fn ? 0x80 : 0));
        if (rest <= 0x7fn) break;
      }
      const reading = read(...bytes);
      expect(reading.ok && reading.status === 'SERVING').toBe(value === 1n);
    }),
    { examples: [[1n], [2n ** 32n + 1n], [2n ** 63n + 1n]] },
  );
});
