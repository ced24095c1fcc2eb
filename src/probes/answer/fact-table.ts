import type { FactTable } from '../../model/fact.ts';

/** What an answer of a query tool shows, in whatever dialect it came. */
export const answerFactTable: FactTable = {
  'is-error': { type: 'boolean', description: 'whether the answer says that it is an error, on any channel' },
  text: { type: 'string', description: 'the texts of the answer joined by line feeds, or the words of the error' },
  json: { type: 'json', description: 'the structured answer; without one, the text when that is JSON' },
  $: { type: 'json', description: 'a JSONPath (RFC 9535) over `json`, as `$.documents`' },
  hits: {
    type: 'number',
    description:
      'how many hits count: what `hits:` selects, else the first list in the JSON, else each text that is not blank. Absent in an error, and where there is no list',
  },
  'hit-count': { type: 'number', description: 'the same number as `hits`' },
  'hit-list': { type: 'list', description: 'the hits themselves; the first 50' },
  'hit-ids': { type: 'list', description: 'ids of the hits, in their order; the first 50' },
  'top-score': { type: 'number', description: 'score of the first hit; absent without scores' },
  'dropped-hits': {
    type: 'number',
    description: 'hits that do not count by `min-score` or `max-distance`; absent when none',
  },
  citations: {
    type: 'list',
    description: 'sources that the answer names; without any of its own, the ids of its hits. The first 50',
  },
  'index-signature': {
    type: 'string',
    description: 'the words by which an answer says that there is no index; absent when it does not',
    code: 'index-missing',
  },
  'empty-signature': {
    type: 'string',
    description: 'the words by which an answer says that the index is empty; absent when it does not',
    code: 'index-empty',
  },
  'stale-signature': {
    type: 'string',
    description: 'the words by which an answer says that the index is old; absent when it does not',
    code: 'index-stale',
  },
  'degraded-signature': {
    type: 'string',
    description: 'what marks an answer as a fallback, mock or canned: its words, or a member like `fallback: true`',
    code: 'index-degraded',
  },
  'built-at': { type: 'time', description: 'when the index was built, by `built-at:`', code: 'index-stale' },
  'built-at-problem': {
    type: 'string',
    description: 'why that is no time of a build; absent when it is',
    code: 'index-stale',
  },
  age: { type: 'duration', description: 'time since `built-at`', code: 'index-stale' },
  documents: {
    type: 'number',
    description: 'how many documents the index says it has, by `documents:`',
    code: 'index-stale',
  },
  sentinel: { type: 'string', description: 'what `sentinel:` names; absent when it names nothing' },
  'sentinel-found': {
    type: 'boolean',
    description: 'whether the answer holds what `sentinel:` names',
    code: 'index-stale',
  },
};
