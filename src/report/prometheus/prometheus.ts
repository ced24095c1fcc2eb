import { OUTCOMES, VERDICTS } from '../../model/outcome.ts';
import type { CheckResult, Run } from '../../model/run.ts';
import { visible } from '../encode/visible.ts';
import { entriesOf } from '../view/findings.ts';

/** Prometheus text format 0.0.4, for the textfile collector or a push. */
export const renderPrometheus = (run: Run): string => familiesOf(run).map(familyText).join('');

/** The same as OpenMetrics 1.0. */
export const renderOpenMetrics = (run: Run): string => `${renderPrometheus(run)}# EOF\n`;

type Labels = readonly (readonly [name: string, value: string])[];
type Sample = { readonly labels: Labels; readonly value: number };
type Family = { readonly name: string; readonly help: string; readonly samples: readonly Sample[] };

const familiesOf = (run: Run): readonly Family[] => {
  const about: Labels = [
    ['name', run.run.name],
    ...(run.run.environment === null ? [] : [['environment', run.run.environment] as const]),
  ];
  const entries = entriesOf(run);
  return [
    {
      name: 'gonogo_verdict',
      help: 'The verdict of the run: 1 for the one that it is.',
      samples: VERDICTS.map((verdict) => ({
        labels: [...about, ['verdict', verdict]],
        value: Number(run.verdict === verdict),
      })),
    },
    {
      name: 'gonogo_gate_verdict',
      help: 'The verdict of each gate: 1 for the one that it is.',
      samples: run.gates.flatMap((gate) =>
        VERDICTS.map((verdict) => ({
          labels: [...about, ['gate', gate.id], ['verdict', verdict]],
          value: Number(gate.verdict === verdict),
        })),
      ),
    },
    {
      name: 'gonogo_check_outcome',
      help: 'The outcome of each check, scenario and manual item: 1 for the one that it is.',
      samples: entries.flatMap((check) =>
        OUTCOMES.map((outcome) => ({
          labels: [...about, ...labelsOf(check), ['outcome', outcome]],
          value: Number(check.outcome === outcome),
        })),
      ),
    },
    {
      name: 'gonogo_check_duration_seconds',
      help: 'How long each check took, all attempts together.',
      samples: entries.flatMap((check) =>
        check.durationMs === null ? [] : [{ labels: [...about, ...labelsOf(check)], value: check.durationMs / 1000 }],
      ),
    },
    {
      name: 'gonogo_run_complete',
      help: 'Whether the run came to its end.',
      samples: [{ labels: about, value: Number(run.run.complete) }],
    },
    {
      name: 'gonogo_run_started_timestamp_seconds',
      help: 'When the run started.',
      samples: [{ labels: about, value: Date.parse(run.run.startedAt) / 1000 }],
    },
  ];
};

const labelsOf = ({ id, kind, component }: CheckResult): Labels => [
  ['check', id],
  ['kind', kind],
  ...(component === null ? [] : [['component', component] as const]),
];

const familyText = ({ name, help, samples }: Family): string =>
  samples.length === 0
    ? ''
    : [
        `# HELP ${name} ${help}\n`,
        `# TYPE ${name} gauge\n`,
        ...samples.map(({ labels, value }) => `${name}{${labels.map(labelText).join(',')}} ${value}\n`),
      ].join('');

const labelText = ([name, value]: Labels[number]): string =>
  `${name}="${visible(value)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)}"`;
