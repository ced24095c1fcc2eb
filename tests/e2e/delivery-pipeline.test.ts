import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPipeline } from '../stack/pipeline.ts';
import { type Act, flawsOf, gatesOf, orphansOf, runInto } from './run-into.ts';

/** A repository on disk: with everything wrong that hides what is wrong, then healed, then with a lint that crashes. */
type Name = 'broken' | 'healed' | 'crashing-lint';

let folder: string;
const acts = new Map<Name, Act>();

const of = (name: Name): Act => {
  const found = acts.get(name);
  if (found === undefined) throw new Error(`no act ${name}`);
  return found;
};

const messageOf = (name: Name, id: string): string | undefined =>
  of(name).run.checks.find((check) => check.id === id)?.message;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-delivery-pipeline-'));
  const pipeline = await startPipeline('broken');
  const act = async (name: Name): Promise<void> => {
    acts.set(
      name,
      await runInto(join(folder, name), 'checks/delivery-pipeline.yaml', { variables: pipeline.environment }),
    );
  };
  await act('broken');
  pipeline.setState('healed', 'honest');
  await act('healed');
  pipeline.setState('healed', 'crashes');
  await act('crashing-lint');
  await pipeline.close();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('broken', () => {
  test('is NO-GO, each check for its own reason, with the section of the runbook that fits', () => {
    const { run, ended } = of('broken');
    expect([run.verdict, ended.exit]).toEqual(['NO-GO', 1]);
    expect(flawsOf(run)).toEqual({
      'image-stages': 'fail file-invalid #the-image',
      'image-healthcheck': 'fail file-invalid #the-image-has-no-healthcheck',
      'image-pinned': 'fail file-invalid #the-image',
      'one-workflow': 'fail assertion-failed #more-than-one-workflow',
      'no-masked-errors': 'fail file-invalid #an-error-is-masked',
      'strict-scripts': 'fail file-invalid #an-error-is-masked',
      lint: 'fail assertion-failed #the-lint-fails',
      'evidence[restore-test,30d]': 'fail file-missing #evidence-is-missing-or-too-old',
      'evidence[load-test,14d]': 'fail assertion-failed #evidence-is-missing-or-too-old',
      'evidence[dependency-audit,7d]': 'fail assertion-failed #evidence-is-missing-or-too-old',
      rehearsal: 'fail file-stale #evidence-is-missing-or-too-old',
    });
    expect(run.checks).toHaveLength(11);
  });

  test.each(['.github/workflows/ci.yml:10 holds', 'scripts/deploy.sh:2 holds', 'scripts/test.sh:3 holds'])(
    'names where an error is masked: %s',
    (place) => {
      expect(messageOf('broken', 'no-masked-errors')).toContain(place);
    },
  );

  test('names each stage that the image does not have', () => {
    for (const stage of ['AS build', 'AS runtime', 'COPY --from=build']) {
      expect(messageOf('broken', 'image-stages')).toContain(stage);
    }
  });

  test('believes the JSON of the lint and not its exit code, which hides the errors', () => {
    const lint = of('broken').run.checks.find(({ id }) => id === 'lint');
    expect(lint?.facts).toMatchObject({ 'exit-code': 0, json: { errors: 1 } });
    expect(lint?.message).toBe('$.errors: number 1 is not 0');
  });

  test('tells old evidence from evidence of a failure', () => {
    expect(messageOf('broken', 'evidence[load-test,14d]')).toMatch(/^\$\.performedAt: /);
    expect(messageOf('broken', 'evidence[dependency-audit,7d]')).toMatch(/^\$\.result: /);
  });
});

test('healed, it is GO: every criterion was looked at and passed', () => {
  const { run, ended } = of('healed');
  expect([run.verdict, ended.exit]).toEqual(['GO', 0]);
  expect(flawsOf(run)).toEqual({});
  expect(gatesOf(run)).toEqual({ 'delivery-pipeline': 'GO 11/11' });
  expect(run.notChecked).toEqual([]);
});

test('a lint that crashes is NO-GO, and alone in that', () => {
  const { run, ended } = of('crashing-lint');
  expect([run.verdict, ended.exit, Object.keys(flawsOf(run))]).toEqual(['NO-GO', 1, ['lint']]);
  expect(run.checks.find(({ id }) => id === 'lint')?.facts['exit-code']).toBe(1);
});

test.each(['broken', 'healed'] as const)('%s: everybody is named who answers', (name) => {
  expect(orphansOf(of(name).run)).toEqual([]);
});

test('where nothing may be started, nothing is known of the lint: HOLD', async () => {
  const pipeline = await startPipeline('healed');
  const { run, ended } = await runInto(join(folder, 'no-exec'), 'checks/delivery-pipeline.yaml', {
    variables: pipeline.environment,
    argv: ['--no-history', '--no-exec'],
  });
  await pipeline.close();
  expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
  expect(Object.keys(flawsOf(run))).toEqual(['lint']);
});
