/**
 * Characters that act instead of being seen, or that hide: controls, format characters (BiDi, zero-width, tags),
 * line separators, lone surrogates, noncharacters. U+FE0F stays where it only makes a pictograph an emoji.
 */
const HIDDEN =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;

const NOT_ASCII = /[^\x20-\x7e]/gu;

/** Shows every hidden character: C0 and DEL as `^[`, C1 as `\x9b`, others as `\u{202e}`. One line, whatever comes in. */
export const visible = (text: string): string => text.replace(HIDDEN, show);

/** As `visible`, for a sink that takes ASCII alone. */
export const visibleAscii = (text: string): string => visible(text).replace(NOT_ASCII, show);

const show = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x7f) return '^?';
  if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
  if (code < 0xa0) return `\\x${code.toString(16)}`;
  return `\\u{${code.toString(16)}}`;
};

/** At most `limit` code points, and how many were left out. Bounds a field before it is shown. */
export const excerpt = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const head = [...text.slice(0, limit * 2)].slice(0, limit).join('');
  const rest = text.length - head.length;
  return rest === 0 ? head : `${head}... (${rest} more characters)`;
};
