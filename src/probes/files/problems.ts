import { compilePattern } from '../../matchers/pattern.ts';
import type { SpecProblem } from '../probe.ts';
import { fitsAll, readGlob, type Glob } from './glob.ts';
import { listOf } from './list-of.ts';
import type { Spec } from './schema.ts';
import { makeAutomaton } from './states.ts';

type Key = 'glob' | 'exclude' | 'must-contain' | 'must-not-contain' | 'allow';

/** What `judge` says of each text under a key, at its place. */
const each = (spec: Spec, key: Key, judge: (text: string) => string | null): readonly SpecProblem[] => {
  const written = spec[key];
  return listOf(written).flatMap((text, index) => {
    const message = judge(text);
    return message === null ? [] : [{ path: typeof written === 'string' ? [key] : [key, index], message }];
  });
};

const globFault = (text: string): string | null => {
  const read = readGlob(text);
  return read.ok ? null : read.message;
};

const globProblem =
  (spec: Spec) =>
  (text: string): string | null =>
    globFault(text) ??
    (text.endsWith('/') && spec.absent !== true ? 'ends with a slash, and only files count: write ** behind it' : null);

const excludeProblem = (text: string): string | null => {
  const read = readGlob(text);
  if (!read.ok) return read.message;
  return read.globs.some(fitsAll) ? 'leaves out everything, so that nothing would be looked at' : null;
};

/** The names that a pattern begins with, as far as they are written out. */
const writtenNames = (glob: Glob): readonly string[] => {
  const end = glob.findIndex(({ type }) => type !== 'literal');
  return glob
    .slice(0, end < 0 ? glob.length : end)
    .flatMap((segment) => (segment.type === 'literal' ? [segment.name] : []));
};

/** A pattern that can only fit what is left out proves nothing by fitting nothing. */
const shadowProblem = (spec: Spec) => {
  const excludes = listOf(spec.exclude);
  const read = excludes.map(readGlob).flatMap((one) => (one.ok ? one.globs : []));
  const excluded = makeAutomaton(read, true);
  const isLeftOut = (glob: Glob): boolean => {
    let { start: states } = excluded;
    for (const name of writtenNames(glob)) {
      const step = excluded.step(states, name);
      if (step.matched) return true;
      states = step.states;
    }
    return false;
  };
  return (text: string): string | null => {
    const globs = readGlob(text);
    const shadowed = excludes.includes(text) || (globs.ok && globs.globs.some(isLeftOut));
    return shadowed ? 'can fit nothing: exclude leaves out all that it names' : null;
  };
};

/** No honest line is made of this. */
const ODD_TEXT = '\u{e000}\u{f8ff}';

const patternProblem =
  (needsMore: boolean) =>
  (text: string): string | null => {
    const pattern = compilePattern(text);
    if (typeof pattern === 'string') return `is no pattern: ${pattern}`;
    const fitsAny = pattern.test(ODD_TEXT) && (needsMore || pattern.test(''));
    return fitsAny ? 'fits every text, so that it tells nothing' : null;
  };

const READING = ['json-lines', 'json', 'mode', 'must-contain', 'must-not-contain', 'forbid', 'allow'] as const;

const isAsked = (value: unknown): boolean => value !== undefined && value !== false;

const contradictions = (spec: Spec): readonly SpecProblem[] => [
  ...(spec.absent === true
    ? READING.filter((key) => isAsked(spec[key])).map((key) => ({
        path: [key],
        message: 'has no meaning with absent: true, where nothing may match',
      }))
    : []),
  ...(spec.json === true && spec['json-lines'] === true
    ? [{ path: ['json-lines'], message: 'contradicts json: true: a file is one or the other' }]
    : []),
  ...(spec.json === true && spec.forbid !== undefined
    ? [{ path: ['json'], message: 'would show what forbid must not: write two checks' }]
    : []),
  ...(spec.allow !== undefined && spec.forbid === undefined && spec.absent !== true
    ? [{ path: ['allow'], message: 'is about what forbid finds, and there is no forbid' }]
    : []),
];

/** What can be known to be wrong with a `files` spec before looking. */
export const filesProblems = (spec: Spec): readonly SpecProblem[] => [
  ...each(spec, 'glob', globProblem(spec)),
  ...each(spec, 'exclude', excludeProblem),
  ...(spec.exclude === undefined ? [] : each(spec, 'glob', shadowProblem(spec))),
  ...(spec.root?.includes('\0') ? [{ path: ['root'], message: 'holds a NUL character' }] : []),
  ...each(spec, 'must-contain', patternProblem(false)),
  ...each(spec, 'must-not-contain', patternProblem(false)),
  ...each(spec, 'allow', patternProblem(true)),
  ...contradictions(spec),
];
