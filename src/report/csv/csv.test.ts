import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import { anyRun } from '../../../tests/golden/reports/random-run.ts';
import { renderCsv } from './csv.ts';

/** Reads CSV strictly by RFC 4180: a quote only where a cell begins, lines that end with CRLF. */
const readCsv = (text: string): readonly (readonly string[])[] => {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const lines: string[][] = [[]];
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [, quoted, plain = '', end] = match;
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') lines.push([]);
    if (cell.lastIndex === text.length) return lines.slice(0, -1);
  }
  throw new Error(`not CSV from character ${cell.lastIndex}`);
};

const messageIn = (message: string): string | undefined => {
  const [head = [], , line = []] = readCsv(renderCsv(run([passed('a', 1, { outcome: 'fail', message })])));
  return line[head.indexOf('message')];
};

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['|calc', "'|calc"],
    ['%x', "'%x"],
    ['  =1+1', "'  =1+1"],
    ['\u00a0=1+1', "'\u00a0=1+1"],
    ['＝1+1', "'＝1+1"],
    ['\t=1+1', '^I=1+1'],
    ['\r=1+1', '^M=1+1'],
    ['\n=1+1', '^J=1+1'],
    ['\u0000=1+1', '^@=1+1'],
    ['fine; =1+1;@x', "fine;' =1+1;'@x"],
    ['"=1+1"', '"=1+1"'],
    ['a-b=c', 'a-b=c'],
    ['one,"two"', 'one,"two"'],
    ["it's", "it's"],
  ])('of %j is %j: nothing in it is a formula', (message, cell) => {
    expect(messageIn(message)).toBe(cell);
  });
});

test('is read back line by line, whatever a run holds, and no cell begins with a formula', () => {
  fc.assert(
    fc.property(anyRun, (drawn) => {
      const [head = [], ...lines] = readCsv(renderCsv(drawn));
      expect(lines).toHaveLength(1 + drawn.checks.length);
      for (const line of lines) {
        expect(line).toHaveLength(head.length);
        for (const cell of line) expect(cell).not.toMatch(/(?:^|;)\s*[=+\-@|%＝＋－＠]|[\t\r\n\0]/u);
      }
    }),
    { numRuns: 200 },
  );
});

test('the first line is the verdict, and a step stands behind its scenario', () => {
  const step = { ...passed('flow/create', 4), name: 'create', leftOut: false };
  const scenario = { ...passed('flow', 3), steps: [step], cleanup: [] };
  const lines = readCsv(renderCsv(run([passed('a', 1)], { verdict: 'GO', scenarios: [scenario] })));
  expect(lines.map(([id]) => id)).toEqual(['id', 'verdict', 'a', 'flow', 'flow/create']);
  expect(lines[1]?.[5]).toBe('GO');
});
