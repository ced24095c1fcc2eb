import { goldenMs } from '../answer/problems.ts';
import { httpHost, httpLayers, httpTarget } from '../http/address.ts';
import { curlCommand } from '../http/curl.ts';
import { defineProbe } from '../probe.ts';
import { withQuestion } from './ask.ts';
import { defaults } from './defaults.ts';
import { explain } from './explain.ts';
import { FACTS } from './fact-table.ts';
import { problems } from './problems.ts';
import type { Spec } from './schema.ts';

/** `query`: asks an index, or a service in front of one, over plain HTTP, and looks at what it finds. */
export const query = defineProbe<'query', typeof Spec>({
  kind: 'query',
  summary:
    'Asks an LLM index over plain HTTP, one question or a golden set of them, and looks at what it finds. HTTP 200 with an error in the body is an error.',
  shorthand: 'url',
  facts: FACTS,
  target: (spec) => {
    const address = httpTarget(withQuestion(spec, spec.question ?? 'question'));
    return spec.golden === undefined ? address : `${address} (questions of ${spec.golden.file})`;
  },
  host: (spec) => httpHost(withQuestion(spec, 'question')),
  layers: (spec) => [
    ...httpLayers(withQuestion(spec, 'question')),
    'freshness',
    ...(spec.golden === undefined ? [] : (['quality'] as const)),
  ],
  problems,
  defaults,
  explain,
  tryCommand: (spec) => curlCommand(withQuestion(spec, spec.question ?? 'QUESTION')),
  lastsMs: (spec) => goldenMs(spec.golden),
  load: () => import('./look.ts'),
});
