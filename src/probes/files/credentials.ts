import type { Recogniser, Recognisers } from './recogniser.ts';

/** Values that stand for a secret and are none. */
const MASKED = /^(?:[*•x.#_-]+|\(?(?:redacted|filtered|masked|hidden|removed|omitted|sensitive)\)?)$/i;
const PLACEHOLDER = /^(?:[$%{<]|#\{|\[[A-Z_ -]+\]?|\\?\(|&lt;)/i;
const NOTHING =
  /^(?:null|nil|none|undefined|true|false|yes|no|string|str|text|bool|boolean|int|any|object|required|optional|empty|include|same-origin|omit)\b/i;
/** Source that fetches a secret rather than holding it. */
const CODE =
  /^(?:process\.env|import\.meta|os\.environ|env[.[(]|ENV\[|secrets?[.[]|vault[.(]|(?:this|self|props|opts|options|config|settings|args|params|req|request|res|response|user|body|data|input|form|state|ctx|context|event)[.[]|await\b|new [A-Z]|[A-Za-z_$][\w$.]{0,80}\()/;

/** How a sentence about a password goes on: `wrong password: must be longer`. */
const WORD =
  /^(?:a|an|and|as|at|attempts?|but|by|can|cannot|contains?|could|did|does|do|expected|expired|failed|for|from|has|have|if|in|incorrect|invalid|is|it|length|may|minimum|missing|must|needs?|never|not|of|on|or|please|should|the|this|to|too|use|user|was|were|when|will|with|wrong|your)$/i;

/** A value that nothing marks as one, where words go on behind it. */
const inSentence = ({ 0: whole, index, input }: RegExpExecArray, value: string): boolean => {
  const end = index + whole.length;
  return WORD.test(value) && /: +[a-z]+$/i.test(whole) && /^ +\w/.test(input.slice(end, end + 20));
};

/** The variable of a shell that holds a folder. */
const isFolder = (found: RegExpExecArray, value: string): boolean => /^pwd/i.test(found[0]) && value.startsWith('/');

const accept = (found: RegExpExecArray): boolean => {
  const value = found.groups?.['value'] ?? '';
  if (value.length < 3 || [MASKED, PLACEHOLDER, NOTHING, CODE].some((pattern) => pattern.test(value))) return false;
  return !inSentence(found, value) && !isFolder(found, value);
};

const NAMES =
  '(?<![a-z])pass|pass(?:word|wd|phrase|code)|pwd|secret(?:[_-]?(?:access)?[_-]?key)?|(?:api|access|auth|private|encryption|signing|session|account|shared[_-]?access)[_-]?(?:key|secret)|token|credentials?';

/** A name, also at the end of a longer one (`DB_PASSWORD`), as a text of JSON (`"password"`), escaped too (`\"password\"`). */
const NAME = `(?:${NAMES})\\\\{0,3}["']?`;

const QUOTED = String.raw`\\{0,3}(?<quote>["'])(?<value>(?:(?!\\{0,3}\k<quote>).){1,400})`;

const all: readonly Recogniser[] = [
  {
    what: 'a password in an address',
    pattern: /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/?#@"'<>]{0,100}:(?<value>[^\s/?#@"'<>]{1,300})@/gi,
    accept,
  },
  {
    what: 'credentials of a request',
    pattern:
      /\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC) {1,4}(?<value>(?=[a-z+/_.~-]{0,200}[0-9A-Z=])[A-Za-z0-9+/_.~-]{12,}={0,2})/g,
    accept,
  },
  {
    what: 'a key of a connection string',
    pattern: /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=(?<value>[A-Za-z0-9+/%]{20,}={0,2})/gi,
    accept,
  },
  {
    what: 'a password or secret that is written out',
    pattern: new RegExp(`${NAME}\\s{0,4}(?:=>|:=|[:=])\\s{0,4}(?:${QUOTED})`, 'gi'),
    accept,
  },
  {
    what: 'a password or secret that is written out',
    pattern: new RegExp(`${NAME}\\s{0,4}(?:=>|:=|[:=])[ \\t]{0,4}(?<value>[^\\s"'\`,;&|)\\]}]{3,400})`, 'gi'),
    accept,
  },
  {
    what: 'a password on a command line',
    pattern: new RegExp(`(?<![A-Za-z0-9-])--(?:[a-z0-9]+-){0,3}(?:${NAMES})[ =]["']?(?<value>[^\\s"']{3,400})`, 'gi'),
    accept,
  },
  {
    what: 'a password in SQL',
    pattern: /\b(?:identified by|with (?:encrypted )?password|password) {1,4}'(?<value>[^']{1,300})'/gi,
    accept,
  },
  {
    what: 'a password in XML',
    pattern: new RegExp(`<(?:[A-Za-z0-9]+[_.:-]){0,4}(?:${NAMES})>\\s{0,4}(?<value>[^\\s<]{3,300})\\s{0,4}</`, 'gi'),
    accept,
  },
];

/** Texts that give a secret by what stands before it. */
export const credentials: Recognisers = {
  glance: /pass|pwd|secret|key|token|credential|bearer|basic|:\/\/|identified|SharedAccess/i,
  all,
};
