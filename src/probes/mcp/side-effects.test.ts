import { describe, expect, test } from 'vitest';
import { annotationFacts, isDestructive, sideEffectOf } from './side-effects.ts';

describe('the name of a tool', () => {
  test.each([
    ['refresh_index', 'refresh'],
    ['refreshIndex', 'refresh'],
    ['index.rebuild', 'rebuild'],
    ['search_and_delete', 'delete'],
    ['get-or-create-user', 'create'],
    ['write_file', 'write'],
    ['add_observations', 'add'],
    ['move_file', 'move'],
    ['toggle-simulated-logging', 'toggle'],
    ['HTTPDelete', 'delete'],
    ['deleteAPIKeys', 'delete'],
    ['HTTPGet', undefined],
    ['search_add_ons', undefined],
    ['query_support', undefined],
    ['get_updates', undefined],
    ['list_created', undefined],
    ['', undefined],
  ])('%s says %s', (name, word) => {
    expect(sideEffectOf(name)).toBe(word);
  });
});

describe('the hints of a server', () => {
  test('are told as they are declared, and nothing is made of what is not', () => {
    expect(annotationFacts({})).toEqual({});
    expect(annotationFacts({ readOnlyHint: true, idempotentHint: 'yes', title: 'Search' })).toEqual({
      annotations: { 'read-only': true },
    });
  });

  test.each([
    [{ destructiveHint: true }, 'destructiveHint: true'],
    [{ readOnlyHint: false, destructiveHint: true }, 'destructiveHint: true'],
    [{ readOnlyHint: false }, 'readOnlyHint: false'],
    [{ readOnlyHint: false, destructiveHint: false }, 'readOnlyHint: false'],
    [{ readOnlyHint: true, destructiveHint: true }, undefined],
    [{ destructiveHint: false }, undefined],
  ])('%j speak against a call: %s', (annotations, hint) => {
    expect(annotationFacts(annotations)['side-effect-hint']).toBe(hint);
    expect(isDestructive(annotations)).toBe(hint === 'destructiveHint: true');
  });
});
