import { compilePattern } from '../../matchers/pattern.ts';
import { httpProblems } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';
import type { Problems } from './problem-list.ts';
import { readStep } from './read-step.ts';
import { viewportOf } from './viewport.ts';

/** What a browser decides by itself, and `cookie`, which would follow no rule of cookies. */
const BROWSERS_OWN: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'cookie',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The part of the spec that is as under `http:`. */
const sharedProblems = (spec: Spec): readonly SpecProblem[] => {
  const { url, headers, proxy, 'connect-to': connectTo } = spec;
  return httpProblems({
    url,
    ...(headers === undefined ? {} : { headers }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(connectTo === undefined ? {} : { 'connect-to': connectTo }),
  });
};

const headerProblems = ({ headers = {}, auth }: Spec): readonly SpecProblem[] =>
  Object.keys(headers).flatMap((name) => {
    const path = ['headers', name];
    if (BROWSERS_OWN.has(name.toLowerCase())) {
      const hint = name.toLowerCase() === 'cookie' ? '; cookies come from auth-state' : '';
      return [{ path, message: `is a header that only the browser sets${hint}` }];
    }
    return name.toLowerCase() === 'authorization' && auth !== undefined
      ? [{ path, message: 'is said a second time by auth' }]
      : [];
  });

const patternProblems = (spec: Spec): readonly SpecProblem[] =>
  (['allow-console', 'allow-errors', 'allow-requests'] as const).flatMap((key) =>
    (spec[key] ?? []).flatMap((pattern, index) => {
      const compiled = compilePattern(pattern);
      return typeof compiled === 'string' ? [{ path: [key, index], message: `is not a pattern: ${compiled}` }] : [];
    }),
  );

const hostProblems = (spec: Spec): readonly SpecProblem[] =>
  (spec['first-party'] ?? []).flatMap((pattern, index) =>
    /^(\*\.)?[^\s*/:@?#]+$/.test(pattern)
      ? []
      : [{ path: ['first-party', index], message: 'is not a host such as static.example.com or *.example.com' }],
  );

const stepProblems = ({ url, steps = [] }: Spec): readonly SpecProblem[] =>
  steps.flatMap((step, index) => {
    const found: Problems = [];
    readStep(step, url, found);
    return found.map((one) => ({ ...one, path: ['steps', index, ...one.path] }));
  });

/** What can be known to be wrong with a visit before the browser starts. */
export const pageProblems = (spec: Spec): readonly SpecProblem[] => [
  ...sharedProblems(spec),
  ...headerProblems(spec),
  ...patternProblems(spec),
  ...hostProblems(spec),
  ...(viewportOf(spec.viewport) === null
    ? [{ path: ['viewport'], message: 'has a side under 200 or over 4096 pixels' }]
    : []),
  ...stepProblems(spec),
];
