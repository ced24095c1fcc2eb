import { forMarkdown } from '../report/encode/markdown.ts';
import type { DecisionRecord } from './record.ts';

/** The record for people, to be kept beside the JSON that it was made of: a pure function of it. */
export const recordMarkdown = (record: DecisionRecord): string => {
  const { gate } = record;
  const word = record.decided.decision === 'go' ? 'GO' : 'NO-GO';
  const lines = [
    `# Decision: ${word} for ${forMarkdown(gate.title)}`,
    '',
    ...headLines(record, word),
    ...section('Why', record.reasons.map(bullet)),
    ...section('Asked for less than when the run was made', record.relaxed.map(bullet)),
    ...section('Conditions', gate.conditions.map(bullet)),
    ...section('Notes', gate.notes.map(bullet)),
    ...section('Gates that it needs', record.needs.map(neededLine)),
    ...section('Criteria', record.criteria.map(criterionLine)),
    ...section('Signed', record.attested.flatMap(attestedLines)),
    ...section(
      'Evidence',
      record.evidence.map(
        ({ path, sha256, bytes }) => `- ${forMarkdown(path)}: ${bytes} bytes, SHA-256 \`${forMarkdown(sha256)}\``,
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
};

const headLines = (
  { decided, gate, run, verdict, validUntil, judged, digest, signature }: DecisionRecord,
  word: string,
) => {
  const where = run.environment === null ? '' : ` in ${forMarkdown(run.environment)}`;
  const tool = `${forMarkdown(run.tool.name)} ${forMarkdown(run.tool.version)}`;
  const under = judged.under === null ? 'as the run had it' : 'as it was on that day';
  return [
    `- Decided: **${word}** by **${forMarkdown(decided.by)}** at ${forMarkdown(decided.at)}`,
    `- Verdict of the gate ${forMarkdown(gate.id)}: **${forMarkdown(gate.verdict)}** (run: ${forMarkdown(verdict)}${run.complete ? '' : ', not complete'})`,
    ...(decided.override === null ? [] : [`- Against the verdict, because: ${forMarkdown(decided.override)}`]),
    ...(decided.note === null ? [] : [`- Note: ${forMarkdown(decided.note)}`]),
    `- Valid until: ${forMarkdown(validUntil ?? 'no end is known')}`,
    `- Run: ${forMarkdown(run.id)} of ${forMarkdown(run.name)}${where}, started ${forMarkdown(run.startedAt)}, ${tool}`,
    `- Judged: ${forMarkdown(judged.at)}, under the configuration ${under}, \`${forMarkdown(run.configDigest)}\``,
    `- Digest of this record: \`${forMarkdown(digest)}\`${signature === null ? '' : ', signed with an SSH key'}`,
  ];
};

const bullet = (text: string): string => `- ${forMarkdown(text)}`;

const neededLine = ({ id, title, verdict }: DecisionRecord['needs'][number]): string =>
  `- ${title === id ? forMarkdown(id) : `${forMarkdown(id)} (${forMarkdown(title)})`}: ${forMarkdown(verdict)}`;

const criterionLine = ({ id, title, tier, outcome, waived, message }: DecisionRecord['criteria'][number]): string => {
  const name = title === id ? forMarkdown(id) : `${forMarkdown(id)} (${forMarkdown(title)})`;
  const why = outcome === 'pass' || message === '' ? '' : `: ${forMarkdown(message)}`;
  return `- ${forMarkdown(tier)} ${name}: ${forMarkdown(outcome)}${waived ? ', waived' : ''}${why}`;
};

const attestedLines = ({ id, signOffs }: DecisionRecord['attested'][number]): readonly string[] =>
  signOffs.map(({ by, at, choice, note, state, evidence, signed }) => {
    const details = [
      `${by} at ${at}`,
      choice === null ? '' : `chose ${choice}`,
      state === 'good' ? '' : state,
      signed ? 'with an SSH key' : '',
      note ?? '',
      evidence === null ? '' : `on ${evidence.file}, SHA-256 ${evidence.sha256}`,
    ].filter((detail) => detail !== '');
    return `- ${forMarkdown(id)}: ${forMarkdown(details.join('; '))}`;
  });

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
