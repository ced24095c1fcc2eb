import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import { HOSTILE } from '../../../tests/golden/reports/hostile.ts';
import { anyRun } from '../../../tests/golden/reports/random-run.ts';
import { VERDICTS } from '../../model/outcome.ts';
import type { Format } from '../../probes/metrics/format.ts';
import { readExposition } from '../../probes/metrics/exposition.ts';
import { visible } from '../encode/visible.ts';
import { renderOpenMetrics, renderPrometheus } from './prometheus.ts';

const read = async (text: string, format: Format) => {
  const reading = await readExposition(
    text,
    format,
    () => true,
    async () => {},
  );
  if (!reading.ok) throw new Error(`line ${reading.line}: ${reading.problem}`);
  return reading.exposition;
};

test('a strict reader of either format takes whatever a run holds: no series twice, no family without its type', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (drawn) => {
      const { wanted } = await read(renderPrometheus(drawn), 'prometheus');
      await read(renderOpenMetrics(drawn), 'openmetrics');
      const verdicts = wanted.get('gonogo_verdict') ?? [];
      expect(verdicts.map(({ value }) => value)).toEqual(VERDICTS.map((verdict) => Number(verdict === drawn.verdict)));
      expect(wanted.get('gonogo_check_outcome') ?? []).toHaveLength(drawn.checks.length * 6);
    }),
    { numRuns: 100 },
  );
});

test('HELP and TYPE stand once before their samples, and OpenMetrics ends with its one EOF', () => {
  const text = renderOpenMetrics(run([passed('a', 1)]));
  const comments = text.split('\n').filter((line) => line.startsWith('#'));
  expect(new Set(comments).size).toBe(comments.length);
  const families = comments.flatMap((line) => /^# TYPE (\w+) gauge$/.exec(line)?.[1] ?? []);
  for (const family of families) {
    const lines = text.split('\n').flatMap((line, at) => (line.includes(family) ? [at] : []));
    expect(lines).toEqual(lines.map((_, at) => (lines[0] ?? 0) + at));
  }
  expect(text).toMatch(/[^\n]\n# EOF\n$/);
  expect(renderPrometheus(run([passed('a', 1)]))).not.toContain('# EOF');
});

test('a label holds what was meant, escapes and all', async () => {
  const check = passed('a', 1, { component: `back\\slash "quoted" ${HOSTILE}` });
  const { wanted } = await read(renderPrometheus(run([check])), 'prometheus');
  const [series] = wanted.get('gonogo_check_duration_seconds') ?? [];
  expect(series?.labels).toContainEqual(['component', visible(`back\\slash "quoted" ${HOSTILE}`)]);
});

test('no sample has a time of its own, which the textfile collector would refuse; the run tells when it was', () => {
  const text = renderPrometheus(run([passed('a', 1)]));
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#')))
    expect(line).toMatch(/^gonogo_\w+\{.*\} [\d.e+]+$/);
  expect(text).toContain(
    'gonogo_run_started_timestamp_seconds{name="Marketplace launch",environment="staging"} 1795227247\n',
  );
});
