import type { FactTable } from '../../model/fact.ts';
import { answerFactTable } from '../answer/fact-table.ts';
import { goldenFactTable } from '../answer/golden/golden-fact-table.ts';
import { httpFactTable } from '../http/fact-table.ts';

/** What a look at a query endpoint shows: the answer over HTTP, what it says, and what all answers of a golden set come to. */
export const FACTS: FactTable = {
  ...httpFactTable,
  ...answerFactTable,
  json: { type: 'json', description: 'the body as JSON; absent when the whole of it is not JSON' },
  dimensions: { type: 'number', description: 'length of the embedding, by `vector:`', code: 'index-degraded' },
  'zero-vector': { type: 'boolean', description: 'whether every part of the embedding is 0', code: 'index-degraded' },
  ...goldenFactTable,
};
