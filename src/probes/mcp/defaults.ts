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
  ...(spec['check-arguments'] === false ? [] : [asked('input-problem', 'exists', false)]),
  ...(spec['side-effects'] === 'allow' ? [] : [asked('side-effect-hint', 'exists', false, 'warn')]),
  asked('is-error', 'equals', false),
  asked('index-signature', 'exists', false),
  asked('degraded-signature', 'exists', false),
  asked('output-problem', 'exists', false),
  asked('hits', 'at-least', 1),
];

/** What is asked of every MCP server, of one that is a program, and of a tool that is called. */
export const defaults = (spec: Spec): readonly DefaultExpectation[] => [
  asked('connected', 'equals', true),
  ...(spec.command === undefined ? [] : [asked('stdout-noise', 'exists', false, spec['stdout-noise'] ?? 'expect')]),
  asked('refused-requests', 'exists', false, 'warn'),
  ofTheList(spec),
  ...(spec.tool === undefined ? [] : ofTheCall(spec)),
];
