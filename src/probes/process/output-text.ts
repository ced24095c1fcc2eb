import { isUtf8 } from 'node:buffer';

/** One well-formed character of more than a byte, or a run of those of one (Unicode, table 3-7), over bytes as latin1. */
const WELL_FORMED =
  /[\0-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/gs;

const CUT_END = /(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})$/;
const CUT_START = /^[\x80-\xbf]{1,3}/;

const visible = (part: string): string =>
  part.length === 1 && part >= '\x80'
    ? `\\x${part.charCodeAt(0).toString(16)}`
    : Buffer.from(part, 'latin1').toString('utf8');

/**
 * What a program wrote, as text. Bytes that are not UTF-8 are shown one by one as `\xff`; a character that a cut went
 * through is left out.
 */
export const outputText = (bytes: Buffer, cut: 'nowhere' | 'at-its-end' | 'at-its-start' = 'nowhere'): string => {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const latin1 = bytes.toString('latin1');
  const whole = cut === 'nowhere' ? latin1 : latin1.replace(cut === 'at-its-end' ? CUT_END : CUT_START, '');
  return whole.replaceAll(WELL_FORMED, visible);
};
