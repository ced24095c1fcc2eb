import { printable } from '../engine/printable.ts';

const LONGEST_ERROR = 2000;
const LONGEST_SENTENCE = 300;

/** An error of the runner without the colours that it gives to its messages and without secrets, cut at 2000 characters. */
export const plainError = (message: string, redact: (text: string) => string): string =>
  // oxlint-disable-next-line no-control-regex -- it is a control sequence that is taken out
  redact(message.replaceAll(/\u001B\[[0-9;]*m/g, '')).slice(0, LONGEST_ERROR);

/** The lines after the first that tell what was looked for and what was there. */
const DETAIL = /^\s*(?:(?:Locator|Expected|Received)\b[^:]*:|- waiting for ).*\S/;

/** An error of Playwright as one sentence: what failed, on which element, what was expected and what was there. */
export const sentenceOf = (error: string): string => {
  const [first = '', ...others] = error.split('\n').filter((line) => line.trim() !== '');
  const details = others
    .filter((line) => DETAIL.test(line))
    .map((line) => line.trim().replace(/^- /, '').replaceAll(/\s+/g, ' '));
  const what = first.trim().replace(/^Error: /, '');
  const told = [...new Set(details)].slice(0, 3).join('; ');
  const sentence = what === '' ? 'it failed without a reason' : what.replace(/[.:]$/, '');
  return printable(told === '' ? sentence : `${sentence}: ${told}`, LONGEST_SENTENCE);
};
