import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScenarioResult } from '../../src/model/run.ts';
import { startSkills } from '../stack/skills.ts';
import { type Act, gatesOf, runInto } from './run-into.ts';

/** Two skills on three repositories, on copies: with one that writes nothing, then healed, then one row alone. */
type Name = 'broken' | 'healed' | 'one-row';

const ROWS = ['review', 'release-notes'].flatMap((skill) =>
  ['landing', 'conductor', 'echome'].map((repository) => `skill[${skill},${repository}]`),
);

let folder: string;
const acts = new Map<Name, Act & { readonly untouched: boolean; readonly copies: readonly string[] }>();

const of = (name: Name) => {
  const found = acts.get(name);
  if (found === undefined) throw new Error(`no act ${name}`);
  return found;
};

const row = (name: Name, id: string): ScenarioResult => {
  const found = of(name).run.scenarios.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-smoke-skills-'));
  const skills = await startSkills('broken');
  const act = async (name: Name, ...only: readonly string[]): Promise<void> => {
    const before = skills.digest();
    const setting = { variables: skills.environment, argv: ['--no-history', ...only] };
    const done = await runInto(join(folder, name), 'smoke/skills.yaml', setting);
    acts.set(name, { ...done, untouched: skills.digest() === before, copies: skills.copies() });
  };
  await act('broken');
  skills.setState('healed');
  await act('healed');
  await act('one-row', '--only', 'skill[release-notes,echome]');
  await skills.close();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('broken', () => {
  test('is NO-GO for the one skill that says that it is done, and left nothing', () => {
    const { run, ended } = of('broken');
    expect([run.verdict, ended.exit]).toEqual(['NO-GO', 1]);
    expect(run.scenarios.map(({ id }) => id)).toEqual(ROWS);
    expect(run.scenarios.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id)).toEqual([
      'skill[release-notes,conductor]',
    ]);
    expect(gatesOf(run)).toEqual({ smoke: 'NO-GO 5/6' });
  });

  test('names the artifact, with the section of the runbook', () => {
    expect(row('broken', 'skill[release-notes,conductor]')).toMatchObject({
      reasonCode: 'artifact-missing',
      message: 'step "run": the command left no result: release-notes.md (no file)',
      runbook: { anchor: 'a-skill-leaves-no-result' },
    });
  });

  test('believes neither its exit code nor its words, and does not go on without the result', () => {
    const { steps, cleanup } = row('broken', 'skill[release-notes,conductor]');
    expect(steps[1]?.facts).toMatchObject({ 'exit-code': 0, json: { items: 1, wrote: 'release-notes.md' } });
    expect([...steps, ...cleanup].map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'copy pass',
      'run fail',
      'result blocked',
      'cleanup/remove-copy pass',
      'cleanup/original-is-untouched pass',
    ]);
  });
});

describe('healed', () => {
  test('is GO: each skill left its result on each repository', () => {
    const { run, ended } = of('healed');
    expect([run.verdict, ended.exit]).toEqual(['GO', 0]);
    expect(gatesOf(run)).toEqual({ smoke: 'GO 6/6' });
  });

  test('each row ran on its own repository: what it found there differs', () => {
    const json = ROWS.map((id) => row('healed', id).steps[1]?.facts['json']);
    expect(json).toMatchObject([
      { skill: 'review', repository: 'landing', items: 2, findings: 0 },
      { skill: 'review', repository: 'conductor', items: 1, findings: 2 },
      { skill: 'review', repository: 'echome', items: 1, findings: 1 },
      { skill: 'release-notes', repository: 'landing', items: 2 },
      { skill: 'release-notes', repository: 'conductor', items: 1 },
      { skill: 'release-notes', repository: 'echome', items: 1 },
    ]);
  });
});

test('one row runs alone, under its own id', () => {
  const { run, ended } = of('one-row');
  expect(run.scenarios.map(({ id, outcome }) => [id, outcome])).toEqual([['skill[release-notes,echome]', 'pass']]);
  expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
});

test.each<Name>(['broken', 'healed', 'one-row'])('%s: the repositories are as before, and no copy is left', (name) => {
  expect([of(name).untouched, of(name).copies]).toEqual([true, []]);
});
