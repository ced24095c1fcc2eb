import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { collectFlaws, type Flaws } from './flaws.ts';
import { gather, type Match } from './gather.ts';
import { inspect } from './inspect.ts';
import { jsonLines } from './json-lines.ts';
import { measure, showMode } from './measures.ts';
import { patternRules } from './patterns.ts';
import { unmatchedGlobs, walkPlan } from './plan.ts';
import { readContent, readJsonFile } from './read-whole.ts';
import { findRoot, rootFact } from './root.ts';
import type { Spec } from './schema.ts';
import { untilStopped } from './stop.ts';
import { walk, type Tally, type Walk } from './walk.ts';

type Task = {
  readonly spec: Spec;
  readonly context: ProbeContext;
  readonly flaws: Flaws;
  readonly pause: () => void;
};

const MOST_LISTED = 100;

/** With `absent: true` whatever matches counts, and nothing of it is opened. */
const presentFacts = ({ found }: Walk): Facts => {
  const byPath = found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { count: found.length, files: byPath.slice(0, MOST_LISTED).map(({ path, type }): Json => ({ path, type })) };
};

const modeFacts = (matches: readonly Match[], { spec, flaws }: Task): Facts => {
  if (spec.mode === undefined) return {};
  const most = Number.parseInt(spec.mode, 8);
  for (const { path, mode } of matches) {
    const what = `has the permissions ${showMode(mode)}, which is more than ${spec.mode}`;
    if ((mode & ~most) !== 0) flaws.add({ about: 'wrong-mode', path, what });
  }
  return { 'wrong-mode': flaws.count('wrong-mode') };
};

const lineFacts = async (matches: readonly Match[], { spec, context, flaws, pause }: Task): Promise<Facts> => {
  let allowed = 0;
  const patterns = patternRules(spec, flaws, {
    tellAllowed: (count) => {
      allowed += count;
    },
    redact: context.redact,
  });
  const rules = spec['json-lines'] === true ? [jsonLines(flaws), ...patterns] : patterns;
  if (rules.length === 0 && !context.asked.includes('lines')) return {};
  const lines = await inspect(matches, { rules, pause, tell: context.tell });
  const counted = (about: Parameters<Flaws['count']>[0], isAsked: boolean): Facts =>
    isAsked ? { [about]: flaws.count(about) } : {};
  return {
    lines,
    ...counted('invalid-lines', spec['json-lines'] === true),
    ...counted('half-written', spec['json-lines'] === true),
    ...counted('missing-patterns', spec['must-contain'] !== undefined),
    ...counted('forbidden', spec.forbid !== undefined || spec['must-not-contain'] !== undefined),
    ...(spec.allow === undefined ? {} : { allowed }),
  };
};

const jsonFacts = async (match: Match, { spec, flaws, pause }: Task): Promise<Facts> => {
  const read = spec.json === true ? await readJsonFile(match, pause) : null;
  if (read === null) return {};
  if (read.ok) return { 'valid-json': true, json: read.value };
  flaws.add({ about: 'valid-json', path: match.path, what: `is not JSON: ${read.problem}` });
  return { 'valid-json': false };
};

const contentFacts = async (match: Match, { spec, context, flaws, pause }: Task): Promise<Facts> => {
  if (!context.asked.includes('content') || spec.forbid !== undefined) return {};
  const read = await readContent(match, pause);
  if (read === null) return {};
  if ('text' in read) return { content: read.text };
  flaws.add({ about: 'content', path: match.path, what: read.problem });
  return {};
};

const fileFacts = async (seen: Walk, task: Task): Promise<Facts> => {
  const { spec, context, flaws, pause } = task;
  const { matches, folders } = await gather(seen.found, flaws, pause);
  const unmatched = unmatchedGlobs(
    spec,
    matches.map(({ path }) => path),
  );
  const measured = {
    ...measure(matches, context.now()),
    unmatched: [...unmatched],
    irregular: flaws.count('irregular'),
    folders,
  };
  const [first] = matches;
  if (first === undefined) return measured;
  const only = matches.length === 1 ? first : null;
  return {
    ...measured,
    ...modeFacts(matches, task),
    ...(await lineFacts(matches, task)),
    ...(only === null ? {} : await jsonFacts(only, task)),
    ...(only === null ? {} : await contentFacts(only, task)),
  };
};

/** Finds what matches and looks at it as far as the spec asks. */
export const look: Look<Spec> = async (spec, context) => {
  const tally: Tally = { walked: 0, excluded: 0 };
  let base: Facts = {};
  try {
    return await untilStopped(
      context,
      () => `after ${tally.walked} entries of folders`,
      async (pause) => {
        const root = await findRoot(spec.root, context.folder);
        base = rootFact(root);
        const flaws = collectFlaws();
        const seen = await walk({ root, ...walkPlan(spec), pause }, tally);
        for (const path of seen.linksOut.toSorted()) {
          flaws.add({ about: 'links-out', path, what: 'leads to a folder outside root: it is not followed' });
        }
        const facts =
          spec.absent === true ? presentFacts(seen) : await fileFacts(seen, { spec, context, flaws, pause });
        return { ...facts, 'links-out': seen.linksOut.length, flaws: flaws.list(), ...base, ...tally };
      },
    );
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    throw new CouldNotLook(error.code, error.message, { ...base, ...tally, ...error.facts }, { cause: error });
  }
};
