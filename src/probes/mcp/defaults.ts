import { answerDefaults } from '../answer/defaults.ts';
import { goldenDefaults } from '../answer/golden/golden-defaults.ts';
import type { DefaultExpectation } from '../probe.ts';
import type { Spec } from './schema.ts';

const asked = (
  fact: string,
  matcher: DefaultExpectation['matcher'],
  expected: boolean | number,
  level: DefaultExpectation['level'] = 'expect',
): DefaultExpectation => ({ fact, matcher, expected, level, code: null });

const ofTheList = ({ tool, list }: Spec): DefaultExpectation =>
  tool === undefined && list === undefined ? asked('tool-count', 'at-least', 1) : asked('missing-tools', 'empty', true);

const ofTheCall = (spec: Spec): readonly DefaultExpectation[] => [
  asked('input-problem', 'exists', false),
  ...(spec['side-effects'] === 'allow' ? [] : [asked('side-effect-hint', 'exists', false, 'warn')]),
  ...(spec.golden === undefined
    ? [...answerDefaults(spec), asked('output-problem', 'exists', false)]
    : goldenDefaults(spec.golden, spec)),
];

/** What is asked of every MCP server, of one that is a program, and of a tool that is called. */
export const defaults = (spec: Spec): readonly DefaultExpectation[] => [
  asked('connected', 'equals', true),
  asked('failure', 'exists', false),
  ...(spec.command === undefined ? [] : [asked('stdout-noise', 'exists', false, spec['stdout-noise'] ?? 'expect')]),
  asked('refused-requests', 'exists', false, 'warn'),
  ofTheList(spec),
  ...(spec.tool === undefined ? [] : ofTheCall(spec)),
];
