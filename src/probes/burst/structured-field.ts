/** A bare value of a structured field: numbers as such, everything else as its text. */
export type Bare = string | number;

/** One member of a list or dictionary (RFC 9651), with its parameters. The key is null in a list. */
export type Member = {
  readonly key: string | null;
  readonly value: Bare;
  readonly parameters: ReadonlyMap<string, Bare>;
};

const KEY = String.raw`[a-z*][a-z0-9_.*-]*`;
const BARE = String.raw`"(?:[^"\\]|\\["\\])*"|:[A-Za-z0-9+/=]*:|\?[01]|-?[0-9]{1,15}(?:\.[0-9]{1,3})?|[A-Za-z*][!#$%&'*+.^_|~:/A-Za-z0-9-]*`;
const MEMBER = new RegExp(
  String.raw`[ \t]*(?:(${KEY})=)?(${BARE})((?:;[ ]*${KEY}(?:=(?:${BARE}))?)*)[ \t]*(?:,|$)`,
  'y',
);
const PARAMETER = new RegExp(String.raw`;[ ]*(${KEY})(?:=(${BARE}))?`, 'g');

const bareOf = (text: string): Bare => {
  if (/^-?[0-9]/.test(text)) return Number(text);
  return text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : text;
};

const parametersOf = (text: string): ReadonlyMap<string, Bare> =>
  new Map(Array.from(text.matchAll(PARAMETER), ([, key = '', value = '?1']) => [key, bareOf(value)]));

/** Reads a list or dictionary of structured fields without inner lists; null when it is none. */
export const readMembers = (text: string): readonly Member[] | null => {
  const members: Member[] = [];
  for (let at = 0; at < text.length || members.length === 0; at = MEMBER.lastIndex) {
    MEMBER.lastIndex = at;
    const [whole, key, value, parameters = ''] = MEMBER.exec(text) ?? [];
    if (whole === undefined || value === undefined) return null;
    members.push({ key: key ?? null, value: bareOf(value), parameters: parametersOf(parameters) });
    if (MEMBER.lastIndex === text.length) return whole.endsWith(',') ? null : members;
  }
  return members;
};
