import type { Behaviour } from '../tests/hostile/behaviour.ts';
import type { Finding } from './hostile-peer.ts';

/** One behaviour, and what each tool made of it; null where a tool was not asked. */
export type Row = {
  readonly family: string;
  readonly behaviour: Behaviour;
  readonly findings: ReadonlyMap<string, Finding | null>;
};

const isFooled = ({ healthy }: Behaviour, finding: Finding | null | undefined): boolean =>
  healthy === 'never' && finding?.healthy === true;

const cell = (behaviour: Behaviour, finding: Finding | null | undefined): string => {
  if (finding === null || finding === undefined) return '-';
  const verdict = finding.healthy ? (isFooled(behaviour, finding) ? '**GREEN**' : 'green') : 'red';
  const memory = finding.peakMib === null ? '' : `, ${Math.round(finding.peakMib)} MiB`;
  return `${verdict} ${Math.round(finding.ms)} ms${memory}`;
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const header = (cells: readonly string[]): string => `${line(cells)}\n${line(cells.map(() => '---'))}`;

const peak = (findings: readonly Finding[]): number => Math.max(0, ...findings.map(({ peakMib }) => peakMib ?? 0));

/** One line a tool: how often it was asked, how often it was fooled, and what it took. */
export const summaryTable = (rows: readonly Row[], tools: readonly string[]): string => {
  const nevers = rows.filter(({ behaviour }) => behaviour.healthy === 'never');
  const lines = tools.map((tool) => {
    const all = rows.flatMap(({ findings }) => findings.get(tool) ?? []);
    const asked = nevers.filter(({ findings }) => (findings.get(tool) ?? null) !== null);
    const fooled = asked.filter(({ behaviour, findings }) => isFooled(behaviour, findings.get(tool)));
    const inCodings = fooled.filter(({ behaviour }) => /^H[34]$/.test(behaviour.row)).length;
    const total = all.reduce((sum, { ms }) => sum + ms, 0);
    return line([
      tool,
      `${fooled.length} of ${asked.length}`,
      String(inCodings),
      String(all.length),
      `${Math.round(peak(all))} MiB`,
      `${(total / 1000).toFixed(1)} s`,
      `${Math.round(Math.max(0, ...all.map(({ ms }) => ms)))} ms`,
    ]);
  });
  return [
    header(['tool', 'false greens', 'of these in codings', 'asked', 'peak memory', 'time in all', 'longest']),
    ...lines,
  ].join('\n');
};

/** One line a behaviour, one column a tool. */
export const behaviourTable = (rows: readonly Row[], tools: readonly string[]): string =>
  [
    header(['row', 'behaviour', 'healthy', ...tools]),
    ...rows.map(({ behaviour, findings }) =>
      line([
        behaviour.row,
        behaviour.name,
        behaviour.healthy,
        ...tools.map((tool) => cell(behaviour, findings.get(tool))),
      ]),
    ),
  ].join('\n');

/** Of each family how many behaviours there are, and how many may never be called healthy. */
export const familyTable = (families: { readonly [family: string]: readonly Behaviour[] }): string =>
  [
    header(['family', 'behaviours', 'never healthy']),
    ...Object.entries(families).map(([family, all]) =>
      line([family, String(all.length), String(all.filter(({ healthy }) => healthy === 'never').length)]),
    ),
  ].join('\n');
