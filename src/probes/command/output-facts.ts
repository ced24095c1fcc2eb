import { isUtf8 } from 'node:buffer';
import type { Facts } from '../../model/observation.ts';
import { readJson } from '../http/json-text.ts';
import type { Output } from '../process/collect-output.ts';
import { outputText } from '../process/output-text.ts';

/** Kept of each end of an output. */
export const END_BYTES = 64 * 1024;
/** Kept of an stdout that is read as JSON. */
export const JSON_BYTES = 10 * 1024 * 1024;

/** What came on one stream. The text itself is a fact only as a whole: an absence in half of it proves nothing. */
export const outputFacts = (name: 'stdout' | 'stderr', output: Output, asked: readonly string[]): Facts => {
  const { size } = output;
  const all = output.leftOut === 0 ? Buffer.concat([output.head, output.tail]) : null;
  const whole = all !== null && all.length <= 2 * END_BYTES ? all : null;
  const head = (whole ?? output.head).subarray(0, END_BYTES);
  const tail = (whole ?? all ?? output.tail).subarray(-END_BYTES);
  const wants = (end: string): boolean => whole === null || asked.includes(`${name}-${end}`);
  return {
    ...(whole === null ? {} : { [name]: outputText(whole) }),
    ...(wants('head') ? { [`${name}-head`]: outputText(head, head.length < size ? 'at-its-end' : 'nowhere') } : {}),
    ...(wants('tail') ? { [`${name}-tail`]: outputText(tail, tail.length < size ? 'at-its-start' : 'nowhere') } : {}),
    [`${name}-size`]: size,
    ...(whole === null ? { [`${name}-left-out`]: size - head.length - tail.length } : {}),
  };
};

/** Stdout as JSON, when the whole of it was kept and is. */
export const jsonFacts = ({ head, tail, leftOut }: Output): Facts => {
  const all = Buffer.concat([head, tail]);
  if (leftOut > 0 || all.length === 0 || !isUtf8(all)) return {};
  const read = readJson(all.toString('utf8'));
  if (!read.ok) return {};
  return { json: read.value, ...(read.numbersAsText.length === 0 ? {} : { 'numbers-as-text': read.numbersAsText }) };
};
