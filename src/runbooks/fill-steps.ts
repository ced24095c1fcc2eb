import { asCodeSpan, piecesOf } from '../model/code-span.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { RunbookSection } from '../model/run.ts';
import { shellWord } from '../model/shell-word.ts';
import { isQuotedAt, placeholdersIn, type CheckName, type Placeholder } from './placeholders.ts';

/** What the placeholders of a runbook stand for in one result. Null is what that check does not have. */
export type Filling = {
  readonly check: { readonly [Name in CheckName]: string | null };
  readonly facts: JsonObject;
};

/** Longer values are not for a sentence or a command line. */
const LONGEST = 200;

/** A text that was cut is not the value any more. */
const CUT = /… \(cut: \d+ more characters\)$/u;

/**
 * A section whose steps name what was seen: `${facts.x}` and `${check.x}` are replaced by their values. Inside of a
 * command a value becomes one word of a POSIX shell. What is not known, too long, or could mean something else to the
 * shell than to the reader stays as it was written. Pure.
 */
export const fillSteps = (section: RunbookSection, filling: Filling): RunbookSection =>
  section.steps.some((step) => step.includes('${'))
    ? { ...section, steps: section.steps.map((step) => fillStep(step, filling)) }
    : section;

const fillStep = (step: string, filling: Filling): string =>
  piecesOf(step)
    .map(({ text, code, raw }) => {
      const filled = fill(text, filling, code);
      if (filled === text) return raw;
      return code ? asCodeSpan(filled) : filled;
    })
    .join('');

const fill = (text: string, filling: Filling, isCommand: boolean): string =>
  placeholdersIn(text).reduceRight((filled, placeholder) => {
    const value = valueOf(placeholder, filling);
    if (value === null || (isCommand && !isSafeWord(value, text, placeholder))) return filled;
    const end = placeholder.index + placeholder.raw.length;
    return `${filled.slice(0, placeholder.index)}${isCommand ? shellWord(value) : value}${filled.slice(end)}`;
  }, text);

/** The text of a value that fits into a line; null for everything else. */
const valueOf = ({ namespace, name }: Placeholder, { check, facts }: Filling): string | null => {
  const value = namespace === 'facts' ? factAt(facts, name) : namespace === 'check' ? own(check, name) : undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value === '' || value.length > LONGEST || CUT.test(value)) return null;
  // A backtick would end the command in the report; a character that does not show would not be seen.
  return /[`\p{C}\p{Zl}\p{Zp}]/u.test(value) ? null : value;
};

/** Programs that give their words to another shell, which reads them a second time. */
const SECOND_SHELL = /(?:^|[\s;|&(/])(?:\w*sh|eval|su|watch|xargs|parallel)\s/u;

/**
 * A word that begins with a dash is an option to most programs, quotes inside of quotes end them, and what stands between
 * backticks is read twice.
 */
const isSafeWord = (value: string, command: string, { index }: Placeholder): boolean => {
  if (isQuotedAt(command, index) || command.includes('`')) return false;
  if (SECOND_SHELL.test(command) && shellWord(value) !== value) return false;
  return !value.startsWith('-') || /[^\s;|&(]$/u.test(command.slice(0, index));
};

const factAt = (facts: JsonObject, path: string): Json | undefined => {
  let value: Json | undefined = facts;
  for (const name of path.split('.')) value = isJsonObject(value) ? own(value, name) : undefined;
  return value;
};

const own = <Value>(members: { readonly [name: string]: Value }, name: string): Value | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined;
