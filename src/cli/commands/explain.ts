import { catalogue } from '../../judge/catalogue.ts';
import { UsageError } from '../../model/fault.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import { closest } from '../../model/suggest.ts';
import type { Execute } from '../command.ts';
import { print } from '../print.ts';

const isCode = (text: string): text is ReasonCode => REASON_CODES.some((code) => code === text);

const article = (code: ReasonCode): string => {
  const { title, meaning, advice, layer, transient, outcome } = catalogue[code];
  return [
    `${code}: ${title}`,
    '',
    `  meaning  ${meaning}`,
    `  do       ${advice}`,
    `  layer    ${layer}`,
    `  outcome  ${outcome}`,
    `  retry    ${transient ? 'can help' : 'cannot help'}`,
    '',
  ].join('\n');
};

const overview = (): string => {
  const width = Math.max(...REASON_CODES.map((code) => code.length));
  return REASON_CODES.map((code) => `${code.padEnd(width)}  ${catalogue[code].title}\n`).join('');
};

const asJson = (wanted: ReasonCode | null): string => {
  const entry = (code: ReasonCode) => ({ code, ...catalogue[code] });
  return `${JSON.stringify(wanted === null ? REASON_CODES.map(entry) : entry(wanted), null, 2)}\n`;
};

/** `gonogo explain CODE`: one reason code in full, or all of them a line each. */
export const execute: Execute = async ({ words: [wanted], has }, world) => {
  if (wanted !== undefined && !isCode(wanted)) {
    const near = closest(wanted, REASON_CODES);
    const hint = near === null ? 'gonogo explain lists them all' : `did you mean "${near}"?`;
    throw new UsageError(`there is no reason code "${wanted}"`, hint);
  }
  return print(world, has('json') ? asJson(wanted ?? null) : wanted === undefined ? overview() : article(wanted));
};
