import { forMarkdown } from '../report/encode/markdown.ts';
import type { DecisionRecord } from './record.ts';

/** The record for people, to be kept beside the JSON that it was made of: a pure function of it. */
export const recordMarkdown = (record: DecisionRecord): string => {
  const { decided, gate, run, verdict } = record;
  const word = decided.decision === 'go' ? 'GO' : 'NO-GO';
  const lines = [
    `# Decision: ${word} for ${forMarkdown(gate.title)}`,
    '',
    `- Decided: **${word}** by **${forMarkdown(decided.by)}** at ${decided.at}`,
    `- Verdict of the gate ${forMarkdown(gate.id)}: **${gate.verdict}** (run: ${verdict})`,
    ...(decided.override === null ? [] : [`- Against the verdict, because: ${forMarkdown(decided.override)}`]),
    ...(decided.note === null ? [] : [`- Note: ${forMarkdown(decided.note)}`]),
    `- Valid until: ${record.validUntil ?? 'no end is known'}`,
    `- Run: ${forMarkdown(run.id)} of ${forMarkdown(run.name)}${run.environment === null ? '' : ` in ${forMarkdown(run.environment)}`}, started ${run.startedAt}, ${run.tool.name} ${run.tool.version}`,
    `- Configuration: \`${run.configDigest}\``,
    `- Digest of this record: \`${record.digest}\``,
    '',
    '## Why',
    '',
    ...record.reasons.map((reason) => `- ${forMarkdown(reason)}`),
    ...section(
      'Conditions',
      gate.conditions.map((one) => `- ${forMarkdown(one)}`),
    ),
    ...section(
      'Criteria',
      record.criteria.map(
        ({ id, tier, outcome, waived, reasonCode }) =>
          `- ${String(tier)} ${forMarkdown(String(id))}: ${String(outcome)}${waived === true ? ', waived' : ''}${reasonCode === null ? '' : ` (${String(reasonCode)})`}`,
      ),
    ),
    ...section(
      'Evidence',
      record.evidence.map(({ path, sha256, bytes }) => `- ${forMarkdown(path)}: ${bytes} bytes, SHA-256 \`${sha256}\``),
    ),
  ];
  return `${lines.join('\n')}\n`;
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
