/** Characters that change how a line is shown instead of being shown: controls, format and bidi marks, separators. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{E0000}-\u{E0FFF}]/gu;

const escapeOne = (character: string): string => {
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
};

/** The text with everything escaped that a terminal or an editor would act on; stays on one line. */
export const visible = (text: string): string => text.replaceAll(HIDDEN, escapeOne);
