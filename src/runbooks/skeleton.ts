import type { Check } from '../config/config.ts';
import { asCodeSpan } from '../model/code-span.ts';
import { shellWord } from '../model/shell-word.ts';
import { readRunbook } from './read-runbook.ts';

/** What a new section is written for. */
export type Subject = {
  readonly check: Pick<Check, 'id' | 'tryCommand'>;
  /** Argv that runs the check alone. */
  readonly prove: readonly string[];
  /** The heading of the section. */
  readonly title: string;
  /** The heading of a new file. */
  readonly fileTitle: string;
  readonly owner: string | null;
  /** The day of today, `2026-12-01`. */
  readonly today: string;
};

/** The text of a file with a new section for a check at its end, and the anchor of that section. */
export type Skeleton = { readonly text: string; readonly anchor: string };

/** Writes a section with the four parts under what the file says already; null is a file that is not there yet. Pure. */
export const addSkeleton = (existing: string | null, subject: Subject): Skeleton => {
  const before = existing === null ? headOf(subject) : `${existing.trimEnd()}\n\n`;
  const text = `${before}${sectionOf(subject)}`;
  const parts = new Set(['Meaning', 'Impact', 'Diagnosis', 'Mitigation']);
  const anchor = readRunbook(text).findLast(({ title }) => !parts.has(title))?.anchor ?? '';
  return { text, anchor };
};

const headOf = ({ owner, today, fileTitle }: Subject): string =>
  `---\nowner: ${owner ?? 'TODO'}\nlast-reviewed: ${today}\n---\n\n# ${oneLine(fileTitle)}\n\n`;

const sectionOf = ({ check: { tryCommand }, prove, title }: Subject): string => {
  const again = (tryCommand ?? []).map(shellWord).join(' ');
  const diagnosis = [
    ...(again === '' || /[\r\n]/.test(again) ? [] : [`Look again: ${asCodeSpan(again)}`]),
    'TODO: what to look at next, and what each answer means.',
  ];
  const mitigation = ['TODO: what to do, the safest first.', `Prove it: ${asCodeSpan(prove.map(shellWord).join(' '))}`];
  return `${[
    `## ${oneLine(title)}`,
    '### Meaning',
    'TODO: what is wrong when this check is not good, for somebody who has never seen the system.',
    '### Impact',
    'TODO: who is hurt by it, and how.',
    '### Diagnosis',
    numbered(diagnosis),
    '### Mitigation',
    numbered(mitigation),
  ].join('\n\n')}\n`;
};

const numbered = (steps: readonly string[]): string => steps.map((step, at) => `${at + 1}. ${step}`).join('\n');

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
