import type { Token, Tokens } from 'marked';
import { asCodeSpan } from '../model/code-span.ts';
import { isQuotedAt } from './placeholders.ts';

/** The text that a reader sees: links become their text, commands keep their backticks, tags are left away. */
export const plain = (tokens: readonly Token[] | undefined): string =>
  (tokens ?? [])
    .map((token) => {
      if (token.type === 'codespan') return token.raw;
      if (token.type === 'br') return ' ';
      if (token.type === 'html') return '';
      if ('tokens' in token && token.tokens !== undefined) return plain(token.tokens);
      return 'text' in token && typeof token.text === 'string' ? token.text : '';
    })
    .join('');

/** A text without line feeds, and without more than one blank in a row. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A step as one line. It may hold paragraphs and code blocks: each command of a block stands in backticks of its own. */
export const stepText = (item: Tokens.ListItem): string =>
  item.tokens
    .filter((token) => token.type !== 'list')
    .map((token) => (isCode(token) ? blockText(token) : oneLine('tokens' in token ? plain(token.tokens) : token.raw)))
    .filter((text) => text !== '')
    .join(' ');

const isCode = (token: Token): token is Tokens.Code => token.type === 'code';

/** Blocks in these languages, and in none, are commands for a shell. */
const SHELL = /^(?:(?:ba|z|k|da)?sh|shell|console|)$/iu;

/** What a line goes on with in the next one; a backslash there is no part of the command. */
const GOES_ON = /(?:\\|\||&&)$/u;

/** A command that is more than its lines: a here-document, a loop, a condition, a function. */
const SCRIPT = /<<|^(?:if|for|while|until|case|function|\{|\()(?:\s|$)|\(\)\s*\{/u;

const blockText = ({ text, lang = '' }: Tokens.Code): string => {
  if (text.trim() === '') return '';
  if (!SHELL.test(lang.split(/\s/)[0] ?? '')) return asCodeSpan(oneLine(text));
  const commands = commandsIn(text);
  if (commands.some((command) => SCRIPT.test(command) || isQuotedAt(command, command.length)))
    return `(a script of ${text.trim().split('\n').length} lines: read it in the runbook)`;
  return commands.map(asCodeSpan).join(' ');
};

/** One command for each line, in its order; lines that go on are put together. */
const commandsIn = (text: string): readonly string[] => {
  const commands: string[] = [];
  let begun = '';
  for (const line of text.split('\n').map((one) => one.trim())) {
    const whole = begun === '' ? line : `${begun} ${line}`;
    begun = GOES_ON.test(whole) ? whole.replace(/\s*\\$/u, '') : '';
    if (begun === '' && whole !== '') commands.push(whole);
  }
  return begun === '' ? commands : [...commands, begun];
};
