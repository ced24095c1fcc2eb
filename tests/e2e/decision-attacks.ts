import { appendFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, type DecisionRecord } from '../../src/decision/record.ts';
import type { Project } from './readiness-project.ts';

/** What is changed, how, and what has to be said of it. `record` is the name of the record's file. */
export type Attack = readonly [name: string, attack: (project: Project, record: string) => void, said: string];

export const readRecord = (project: Project, record: string): DecisionRecord =>
  JSON.parse(project.read(`decisions/${record}`));

const rewrite = (project: Project, record: string, change: (read: DecisionRecord) => object): void => {
  const changed = change(readRecord(project, record));
  project.write(`decisions/${record}`, `${JSON.stringify({ ...changed, digest: digestOf(changed) }, null, 2)}\n`);
  rmSync(join(project.folder, 'decisions', record.replace('.json', '.md')));
};

/** Everything that may be changed after a decision, by somebody who can write the files and work out digests. */
export const ATTACKS: readonly Attack[] = [
  [
    'a word of the record',
    (p, record) => p.write(`decisions/${record}`, p.read(`decisions/${record}`).replace('let us go', 'let us')),
    'the record was changed',
  ],
  [
    'the Markdown',
    (p, record) => p.write(`decisions/${record.replace('.json', '.md')}`, '# Decision: NO-GO for launch\n'),
    'the Markdown beside it says something else',
  ],
  [
    'the Markdown, by bytes that are no text',
    (p, record) => appendFileSync(join(p.folder, 'decisions', record.replace('.json', '.md')), Buffer.from([0xff])),
    'the Markdown beside it is not UTF-8',
  ],
  [
    'the journal',
    (p) => appendFileSync(join(p.folder, 'run/journal.jsonl'), '\n'),
    'journal.jsonl of the run was changed',
  ],
  [
    'run.json',
    (p) => p.write('run/run.json', p.read('run/run.json').replace('"GO"', '"NO-GO"')),
    'run.json of the run was changed',
  ],
  ...(['report.html', 'report.md'] as const).map((name): Attack => [
    name,
    (p) => p.write(`run/${name}`, p.read(`run/${name}`).replace('GO', 'go')),
    `${name} of the run was changed`,
  ]),
  [
    'the journal, which is gone',
    (p) => rmSync(join(p.folder, 'run/journal.jsonl')),
    'journal.jsonl of the run is not there any more',
  ],
  [
    'what somebody signed on',
    (p) => p.write('review.md', 'reviewed, nearly\n'),
    'review.md, on which ada signed review, was changed',
  ],
  [
    'what somebody signed on, which is gone',
    (p) => rmSync(join(p.folder, 'review.md')),
    'review.md, on which alan signed review, is not there any more',
  ],
  [
    'evidence that is new',
    (p) => p.write('run/evidence/shot.png', 'x'),
    'evidence/shot.png of the run was added later',
  ],
  [
    'evidence that is a link',
    (p) => (p.write('run/evidence/a', 'x'), symlinkSync('a', join(p.folder, 'run/evidence/b'))),
    'evidence/b of the run is neither a file nor a folder',
  ],
  [
    'the verdict, digest and all',
    (p, record) => rewrite(p, record, (read) => ({ ...read, gate: { ...read.gate, verdict: 'CONDITIONAL' } })),
    'judging the run again gives GO for launch, and other gate than the record says',
  ],
  [
    'the outcome of a criterion, digest and all',
    (p, record) => rewrite(p, record, (read) => ({ ...read, criteria: read.criteria.slice(1) })),
    'other criteria than the record says',
  ],
  [
    'who signed, digest and all',
    (p, record) => rewrite(p, record, (read) => ({ ...read, attested: [] })),
    'other attested than the record says',
  ],
  [
    'the list of evidence, digest and all',
    (p, record) => rewrite(p, record, (read) => ({ ...read, evidence: [] })),
    'it binds no journal',
  ],
  [
    'the time of judging, digest and all',
    (p, record) => rewrite(p, record, (read) => ({ ...read, judged: { ...read.judged, at: '2126-01-01T00:00:00Z' } })),
    'judging the run again gives HOLD',
  ],
  [
    'what the gate asks, digest and all',
    (p, record) =>
      rewrite(p, record, (read) => {
        const { under } = read.judged;
        const gates = under?.gates.map((gate) => ({ ...gate, criteria: gate.criteria.slice(0, 1) })) ?? [];
        return { ...read, criteria: read.criteria.slice(0, 1), judged: { ...read.judged, under: { ...under, gates } } };
      }),
    'its gates or waivers are not those of the configuration that it names',
  ],
  [
    'how the gate was made easier, digest and all',
    (p, record) => rewrite(p, record, (read) => ({ ...read, relaxed: ['built is a should: it was a must'] })),
    'other relaxed than the record says',
  ],
  [
    'the configuration, by what is none',
    (p, record) =>
      rewrite(p, record, (read) => ({
        ...read,
        judged: { ...read.judged, under: { ...read.judged.under, gates: [1] } },
      })),
    'DOES NOT HOLD',
  ],
];
