import type { Check } from '../../config/config.ts';
import { findFact } from '../../config/facts.ts';
import { KINDS } from '../../config/kinds.ts';
import type { Problem } from '../../config/problem.ts';
import { closest } from '../../model/suggest.ts';
import { CHECK_NAMES, isQuotedAt, placeholdersIn, type Placeholder } from '../placeholders.ts';
import { commandsOf, stepLinesOf, type Command } from './commands.ts';
import { problemAt } from './page.ts';
import type { Led } from './led.ts';

type Said = Pick<Problem, 'message'> & Partial<Pick<Problem, 'hint' | 'severity'>>;

/** Placeholders in the steps of a section are known to the checks that lead there. */
export const placeholderProblems = (led: Led): readonly Problem[] =>
  stepLinesOf(led).flatMap(({ line, text }) =>
    placeholdersIn(text).flatMap((placeholder) => {
      const said = unknown(placeholder, led.checks);
      const place = { line, column: placeholder.index + 1, length: placeholder.raw.length };
      return said === null ? [] : [problemAt(led.page, place, said)];
    }),
  );

const unknown = ({ raw, namespace, name }: Placeholder, checks: readonly Check[]): Said | null => {
  if (namespace === 'check') {
    if (CHECK_NAMES.some((one) => one === name)) return null;
    const near = closest(name, CHECK_NAMES);
    return {
      message: `${raw} is not known`,
      hint:
        near === null
          ? `there are ${CHECK_NAMES.map((one) => `check.${one}`).join(', ')}`
          : `did you mean "check.${near}"?`,
    };
  }
  if (namespace !== 'facts')
    return { message: `${raw} is not known`, hint: 'there are ${facts.NAME} and ${check.NAME}' };
  if (name.startsWith('$')) return { message: `${raw} is a JSONPath, and only facts by name can be filled in` };
  return unknownFact(raw, name, checks);
};

/** Where no check leads to a section, nobody can tell which facts there will be. */
const unknownFact = (raw: string, name: string, checks: readonly Check[]): Said | null => {
  const kinds = [...new Set(checks.map(({ kind }) => kind))].flatMap((kind) => KINDS.get(kind) ?? []);
  if (kinds.length === 0) return null;
  const lookups = kinds.map(({ kind, facts }) => findFact(name, kind, facts));
  const definitions = lookups.flatMap((lookup) => (lookup.ok ? [lookup.definition] : []));
  const [first] = lookups;
  if (definitions.length === 0 && first !== undefined && !first.ok)
    return { message: `${raw} is not known: ${first.message}`, hint: first.hint() };
  const whole = definitions.every(({ type }) => type === 'list' || type === 'object');
  return whole ? { message: `${raw} is a list or an object, and is never filled in`, severity: 'warning' } : null;
};

/** What a shell would make of a command is what the reader expects. */
export const commandProblems = (led: Led): readonly Problem[] =>
  commandsOf(led).flatMap((command) => [
    ...quotedTwice(command, led),
    ...notQuoted(command, led),
    ...redirecting(command, led),
  ]);

const quotedTwice = ({ line, column, text }: Command, { page }: Led): readonly Problem[] =>
  placeholdersIn(text).flatMap(({ raw, namespace, index }) => {
    if (namespace !== 'facts' && namespace !== 'check') return [];
    if (!isQuotedAt(text, index)) return [];
    const message = `${raw} stands inside of quotes, and is never filled in there`;
    const hint = 'leave the quotes away: it is quoted when it is filled in';
    return [problemAt(page, { line, column: column + index, length: raw.length }, { message, hint })];
  });

/** Blanks in a value would make several words of it; the value of an assignment is safe. */
const notQuoted = ({ line, column, text }: Command, { page }: Led): readonly Problem[] =>
  [...text.matchAll(/(?<![\\$])\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/gu)].flatMap((match) => {
    const assigned = /(?:^|[\s;&|])[A-Za-z_]\w*=\S*$/u.test(text.slice(0, match.index));
    if (assigned || isQuotedAt(text, match.index)) return [];
    const message = `${match[0]} is not quoted: a value with blanks would become several words`;
    const hint = `write "${match[0]}"`;
    const place = { line, column: column + match.index, length: match[0].length };
    return [problemAt(page, place, { message, hint, severity: 'warning' })];
  });

/** `<pod>` reads from a file of that name. */
const redirecting = ({ line, column, text }: Command, { page }: Led): readonly Problem[] =>
  [...text.matchAll(/(?<![<\w])<([a-zA-Z][\w .-]*)>/gu)].flatMap((match) => {
    if (isQuotedAt(text, match.index)) return [];
    const message = `"${match[0]}" redirects when the command is pasted into a shell`;
    const hint = `write ${(match[1] ?? '').toUpperCase().replaceAll(/[ .-]+/g, '_')} for what the reader has to fill in`;
    const place = { line, column: column + match.index, length: match[0].length };
    return [problemAt(page, place, { message, hint, severity: 'warning' })];
  });
