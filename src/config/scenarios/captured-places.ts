import { basename } from 'node:path';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import type { Filled, LaterPart } from '../interpolate.ts';
import type { SourceFile } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import type { Path } from '../yaml/places.ts';

/**
 * Where a captured value may not stand. It comes from a target, and a target is nobody to choose the program that is
 * started, the code that is run, the way that a request takes, or what is asked of the next answer.
 */

/** Keys of a spec that say how to get there, whom to trust, or where on this machine to look. */
const WAYS: ReadonlySet<string> = new Set([
  ...['connect-to', 'proxy', 'resolver', 'tls', 'authority', 'follow'],
  ...['auth-state', 'first-party', 'allow-private', 'root', 'cwd', 'golden'],
]);

/** Where Playwright reads a selector: a value could name another element. */
const SELECTORS: ReadonlySet<unknown> = new Set([
  ...['click', 'check', 'uncheck', 'hover', 'press', 'selector', 'of', 'inside', 'frame', 'wait-for'],
  ...['visible', 'hidden', 'enabled', 'disabled', 'checked', 'unchecked'],
]);

/** Programs that take code as an argument, and the options that it follows. */
const INTERPRETERS =
  /^(ba|da|z|k|fi|a)?sh$|^(node|deno|bun|python[\d.]*|perl|ruby|php|awk|gawk|sed|psql|sqlite3|mysql|cmd|powershell|pwsh|eval|env|xargs|ssh|su|sudo)(\.exe)?$/i;
const CODE_OPTIONS = /^(-[a-z]*[cepr]|--eval|--print|--command|--execute|\/c|-command)$/i;

/** What is wrong with the places of captured values in a step, whose keys lie `depth` steps below the root. */
export const capturedFindings = (
  later: readonly Filled[],
  value: Json,
  kind: string | null,
  file: SourceFile,
  depth: number,
): readonly Finding[] =>
  later.flatMap((one) => {
    const problem = placeProblem(one.path.slice(depth), one.later ?? [], value, kind);
    return problem === null ? [] : [findingAt(file, one.path, 'value', problem.message, { hint: problem.hint })];
  });

type PlaceProblem = { readonly message: string; readonly hint: string | null };

const placeProblem = (
  place: Path,
  parts: readonly LaterPart[],
  value: Json,
  kind: string | null,
): PlaceProblem | null => {
  const [key, inner, index] = place;
  if (key === 'expect' || key === 'warn') return null;
  if (key !== kind) {
    const hint = 'it may stand in what the probe takes, in expect: and in warn:';
    return { message: `a captured value cannot stand in ${String(key)}:`, hint };
  }
  if (WAYS.has(String(inner))) return { message: `a captured value cannot stand in ${kind}.${inner}`, hint: null };
  if (kind === 'page' && SELECTORS.has(place.at(-1))) {
    const hint = 'name the element by text:, label: or test-id:, which take a value as it is';
    return { message: `a captured value cannot stand in a selector`, hint };
  }
  if (kind === 'postgres' && (inner === 'query' || inner === 'as-role')) {
    const hint = 'write $1 in the query, and the value under params:';
    return { message: `a captured value cannot stand in the text of postgres.${inner}`, hint };
  }
  if (inner === 'multipart' && place.at(-1) === 'file') {
    return { message: 'no target chooses a file of this machine', hint: 'write the path out' };
  }
  const isArgument = (kind === 'command' && inner === 'argv') || (kind === 'mcp' && inner === 'command');
  if (!isArgument) return null;
  if (index === undefined || index === 0) {
    return { message: 'no target chooses the program that is started', hint: 'write the program out' };
  }
  return isCode(valueAt(value, [kind, inner]) ?? null, Number(index), parts) ? CODE : null;
};

const CODE: PlaceProblem = {
  message: 'a captured value in code would be run as code',
  hint: 'give it as a variable: env: { ID: "${captured.id}" }, and "$ID" in the code',
};

/** An argument behind `-c`, `-e` and the like of a program that runs it. */
const isCode = (argv: Json, index: number, parts: readonly LaterPart[]): boolean => {
  const words: readonly Json[] = Array.isArray(argv) ? argv : [];
  const [program] = words;
  const before = words[index - 1];
  if (typeof program !== 'string' || !INTERPRETERS.test(basename(program))) return false;
  const [first] = parts;
  const glued = typeof first === 'string' && /^(-[a-z]*[cepr]|--eval=|--command=|--execute=)/i.test(first);
  return glued || (typeof before === 'string' && CODE_OPTIONS.test(before));
};
