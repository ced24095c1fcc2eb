import { checkJsonPath } from '../../matchers/json-path.ts';
import { parsePercentage } from '../../matchers/units.ts';
import { httpProblems } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';
import { sourceOf, uptimeCheckOf } from './source.ts';

const SOURCES = ['url', 'file', 'history'] as const;

type From = Exclude<Spec['from'], string>;

const fileProblems = (path: string, at: readonly string[]): readonly SpecProblem[] => {
  if (path.includes('\0')) return [{ path: at, message: 'has a NUL byte, which no path can have' }];
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(path)
    ? [{ path: at, message: 'is a URL and not the path of a file: write from: { url: ..., json: $... }' }]
    : [];
};

const jsonProblems = ({ url, file, json }: From): readonly SpecProblem[] => {
  if (url !== undefined && json === undefined) {
    return [{ path: ['from', 'url'], message: 'needs json beside it: the JSONPath of the time in the answer' }];
  }
  if (json === undefined) return [];
  if (url === undefined && file === undefined) {
    return [{ path: ['from', 'json'], message: 'has no meaning without the document of a url or file' }];
  }
  const wrong = checkJsonPath(json);
  return wrong === null ? [] : [{ path: ['from', 'json'], message: `is not a JSONPath: ${wrong}` }];
};

/** What says how to ask over HTTP says nothing of a file or of the history. */
const strayProblems = (from: From): readonly SpecProblem[] =>
  Object.keys(from)
    .filter((key) => key !== 'json' && SOURCES.every((source) => source !== key))
    .map((key) => ({ path: ['from', key], message: 'has no meaning without url' }));

const fromProblems = (spec: Spec): readonly SpecProblem[] => {
  const { from } = spec;
  if (typeof from === 'string') return fileProblems(from, ['from']);
  const [first, second] = SOURCES.filter((key) => from[key] !== undefined);
  if (first === undefined) return [{ path: ['from'], message: 'names no source: one of url, file and history' }];
  if (second !== undefined) {
    return [{ path: ['from', second], message: `is a second source beside ${first}: a heartbeat has one` }];
  }
  const source = sourceOf(spec);
  return [
    ...(source?.kind === 'url'
      ? httpProblems(source.http).map(({ path, message }) => ({ path: ['from', ...path], message }))
      : strayProblems(from)),
    ...(source?.kind === 'file' ? fileProblems(source.path, ['from', 'file']) : []),
    ...jsonProblems(from),
  ];
};

const uptimeProblems = (spec: Spec): readonly SpecProblem[] => {
  const asked = (['uptime', 'uptime-window'] as const).find((key) => spec[key] !== undefined);
  const floor = spec.uptime === undefined ? 1 : parsePercentage(spec.uptime);
  return [
    ...(asked !== undefined && uptimeCheckOf(spec) === null
      ? [{ path: [asked], message: 'needs a history: name the check that it is about under uptime-of' }]
      : []),
    ...(floor === null || floor > 1 ? [{ path: ['uptime'], message: 'is more than 100%' }] : []),
    ...(floor === 0 ? [{ path: ['uptime'], message: 'is 0%, and nothing can be below it' }] : []),
  ];
};

/** What can be known to be wrong with a `heartbeat` spec before looking. */
export const heartbeatProblems = (spec: Spec): readonly SpecProblem[] => [
  ...fromProblems(spec),
  ...uptimeProblems(spec),
];
