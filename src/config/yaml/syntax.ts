import type { YamlFault } from './composer-state.ts';
import { YAML_LIMITS } from './compose.ts';

/** What the parser says, in the words of a person who has to mend the file; by the start of the parser's reason. */
const EXPLANATIONS: readonly (readonly [reason: string, message: string, hint: string | null])[] = [
  ['nesting exceeded', `the file is nested deeper than ${YAML_LIMITS.depth} levels`, null],
  ['null byte', 'the file holds a NUL character', 'save it as UTF-8 text'],
  [
    'the stream contains non-printable',
    'the file holds a control character',
    'remove it, or write it as an escape in double quotes',
  ],
  ['tab characters must not', 'a tab is used for indentation', 'indent with spaces'],
  [
    'bad indentation of a mapping entry',
    'this line does not fit the lines around it: wrong indentation, or a text with ": " in it',
    'align it with its neighbours, or put the text in quotes',
  ],
  [
    'bad indentation of a sequence entry',
    'this list item is indented differently from the one before it',
    'align the dashes',
  ],
  ["expected ':' after a mapping key", 'a key without a colon', 'write "key: value"'],
  [
    'can not read a block mapping entry',
    'this text runs over several lines where a key is expected',
    'write "key: value", or put the text in quotes',
  ],
  ['can not read an implicit', 'a key without a colon', 'write "key: value"'],
  ['a whitespace character is expected after', 'a space is missing after the colon', null],
  ['unexpected end of the stream within a double', 'the double quote is never closed', null],
  ['unexpected end of the document within a double', 'the double quote is never closed', null],
  ['unexpected end of the stream within a single', 'the single quote is never closed', null],
  ['unexpected end of the document within a single', 'the single quote is never closed', null],
  ['unexpected end of the stream within a flow', 'a [ or { is never closed', null],
  ['deficient indentation', 'a quote, [ or { is not closed before this line', 'close it, or indent this line deeper'],
  ['missed comma', 'a comma is missing between the items', null],
  [
    'unknown escape sequence',
    'this escape is not known in double quotes',
    'write the text in single quotes, or double the backslash',
  ],
  [
    'expected valid JSON character',
    'the file holds a control character',
    'remove it, or write it as an escape in double quotes',
  ],
  ['undeclared tag handle', 'tags (!name) are not part of this language', 'remove it'],
  [
    'end of the stream or a document separator',
    'the file should end here: this line does not fit the lines before it',
    'check its indentation',
  ],
];

/** Characters of a marker that git leaves. */
const MARKER = 7;
const CONFLICT = /^<{7} [^]*?^={7}$[^]*?^>{7} /m;
const UNRESOLVED = {
  message: 'nobody has resolved this merge conflict',
  hint: 'keep what is right and remove the three markers; in a file of sign-offs keep the entries of both sides',
};

/** The fault that a parser's refusal stands for. A tab before the place is the cause whatever the parser says. */
export const explainSyntax = (text: string, reason: string, position: number): YamlFault => {
  const offset = Math.min(position, Math.max(0, text.length - 1));
  const conflict = CONFLICT.exec(text);
  if (conflict !== null) return { offset: conflict.index, length: MARKER, ...UNRESOLVED };
  const tab = tabBefore(text, offset);
  if (tab !== null) {
    return { offset: tab, length: 1, message: 'a tab is used for indentation', hint: 'indent with spaces' };
  }
  const known = EXPLANATIONS.find(([start]) => reason.startsWith(start));
  if (known === undefined) return { offset, length: 1, message: `this is not valid YAML: ${reason}`, hint: null };
  return { offset, length: 1, message: known[1], hint: known[2] };
};

/** The first tab in the white space that starts the line of an offset, or the line before it. */
const tabBefore = (text: string, offset: number): number | null => {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 1000))?.[0] ?? '';
  const tab = indent.indexOf('\t');
  return tab < 0 ? null : lineStart + tab;
};
