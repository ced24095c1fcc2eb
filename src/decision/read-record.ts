import type { DecisionRecord } from './record.ts';

/**
 * Reads a record; a text is what is wrong with it. Its form alone is looked at: `verify` tells whether it holds. A text
 * that a reader may take for something else than JSON does (a key that is there twice) is none.
 */
export const readRecord = (text: string): DecisionRecord | string => {
  const value = parsed(text);
  if (value === undefined) return 'it is not JSON';
  if (!isRecord(value)) return 'it is no decision record';
  return withoutBlanks(text) === JSON.stringify(value) ? value : 'it is not written as gonogo writes it';
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** JSON in one line: blanks outside of texts say nothing. */
const withoutBlanks = (text: string): string => text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

type Fields = { readonly [key: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isListOf = (value: unknown, holds: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(holds);
const hasTexts = (value: unknown, ...keys: readonly string[]): value is Fields =>
  isFields(value) && keys.every((key) => isText(value[key]));

const isRecord = (value: unknown): value is DecisionRecord =>
  hasTexts(value, 'folder', 'digest', 'verdict') &&
  value['kind'] === 'gonogo-decision' &&
  value['schemaVersion'] === 1 &&
  isTextOrNull(value['signature']) &&
  isTextOrNull(value['validUntil']) &&
  isTextOrNull(value['signOffs']) &&
  isListOf(value['needs'], (one) => hasTexts(one, 'id', 'title', 'verdict')) &&
  isListOf(value['reasons'], isText) &&
  isListOf(value['relaxed'], isText) &&
  isDecision(value['decided']) &&
  isGate(value['gate']) &&
  isListOf(value['criteria'], (one) => hasTexts(one, 'id', 'title', 'tier', 'outcome', 'message')) &&
  isListOf(value['attested'], isAttested) &&
  hasTexts(value['run'], 'id', 'name', 'startedAt', 'configDigest') &&
  hasTexts(value['run']['tool'], 'name', 'version') &&
  isTextOrNull(value['run']['environment']) &&
  isJudged(value['judged']) &&
  isListOf(value['evidence'], isBound);

const isDecision = (value: unknown): boolean =>
  hasTexts(value, 'by', 'at') &&
  (value['decision'] === 'go' || value['decision'] === 'no-go') &&
  isTextOrNull(value['note']) &&
  isTextOrNull(value['override']);

const isGate = (value: unknown): boolean =>
  hasTexts(value, 'id', 'title', 'verdict') &&
  ['conditions', 'notes', 'blockedBy'].every((key) => isListOf(value[key], isText));

const isAttested = (value: unknown): boolean =>
  hasTexts(value, 'id') && isListOf(value['signOffs'], (one) => hasTexts(one, 'by', 'at', 'state'));

/** What a file said on that day is as good as a plan of a journal: whoever judges under it reads lists of these. */
const isJudged = (value: unknown): boolean =>
  hasTexts(value, 'at') &&
  hasTexts(value['tool'], 'name', 'version') &&
  (value['under'] === null ||
    (hasTexts(value['under'], 'configDigest') &&
      ['gates', 'manual', 'waivers', 'items', 'risks', 'outdated'].every(
        (key) => isFields(value['under']) && Array.isArray(value['under'][key]),
      )));

/** A path that leads out of the run's folder binds nothing of the run. */
const isBound = (value: unknown): boolean =>
  hasTexts(value, 'path', 'sha256') &&
  typeof value['bytes'] === 'number' &&
  isText(value['path']) &&
  value['path'].split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
  !value['path'].includes('\\');
