import { catalogue } from '../../judge/catalogue.ts';
import { UsageError } from '../../model/fault.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import { closest } from '../../model/suggest.ts';
import type { Execute } from '../command.ts';

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

/** `gonogo explain CODE`: one reason code in full, or all of them a line each. */
export const execute: Execute = async ({ words: [wanted], has }, { stdout }) => {
  if (wanted !== undefined && !isCode(wanted)) {
    const near = closest(wanted, REASON_CODES);
    const hint = near === null ? 'gonogo explain lists them all' : `did you mean "${near}"?`;
    throw new UsageError(`there is no reason code "${wanted}"`, hint);
  }
  const codes = wanted === undefined ? REASON_CODES : [wanted];
  if (has('json')) {
    const entries = codes.map((code) => ({ code, ...catalogue[code] }));
    stdout.write(`${JSON.stringify(wanted === undefined ? entries : entries[0], null, 2)}\n`);
  } else if (wanted === undefined) {
    const width = Math.max(...codes.map((code) => code.length));
    for (const code of codes) stdout.write(`${code.padEnd(width)}  ${catalogue[code].title}\n`);
  } else {
    stdout.write(article(wanted));
  }
  return 0;
};
