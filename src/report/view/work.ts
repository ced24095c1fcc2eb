import { parseInstant } from '../../matchers/instant.ts';
import type { GateResult, Run } from '../../model/run.ts';
import { formatEffort } from './duration.ts';
import { joined, type ReadinessLine } from './readiness-line.ts';

type Work = NonNullable<Run['work']>;
type Item = Work['items'][number];

/** The work items, those of a group together under a line that says how far the group is. */
export const workLines = (work: Run['work']): readonly ReadinessLine[] =>
  [...Map.groupBy(work?.items ?? [], ({ group }) => group)].flatMap(([group, items]) => [
    ...(group === null ? [] : [groupLine(group, items)]),
    ...items.map(itemLine),
  ]);

const isOpen = ({ state }: Item): boolean => state !== 'done';

const effortOf = (items: readonly Item[]): number => items.reduce((sum, { estimateMs }) => sum + (estimateMs ?? 0), 0);

const groupLine = (group: string, items: readonly Item[]): ReadinessLine => {
  const open = items.filter(isOpen);
  const state = `${items.length - open.length}/${items.length}`;
  const left = open.length === 0 ? 'done' : `${formatEffort(effortOf(open))} left`;
  return { state, tone: open.length === 0 ? 'good' : 'doubt', id: group, text: left, heading: true };
};

const TONES = { done: 'good', ready: 'doubt', blocked: 'bad' } as const;

const itemLine = (item: Item): ReadinessLine => {
  const claimed = item.claimedDone === true && item.missing.length > 0;
  const open = isOpen(item);
  return {
    state: claimed ? 'claimed' : item.state,
    tone: claimed ? 'bad' : TONES[item.state],
    id: item.id,
    text: joined([
      item.title === item.id ? '' : item.title,
      open && item.estimateMs !== null ? formatEffort(item.estimateMs) : '',
      item.owner ?? '',
      open && item.deadline !== null ? `due ${item.deadline}` : '',
      open && item.optional ? 'the launch can do without it' : '',
      item.state === 'blocked' ? `waits for ${item.blockedBy.join(', ')}` : '',
      item.missing.length === 0 ? '' : `not shown by ${item.missing.join(', ')}`,
    ]),
  };
};

/** The critical path step by step, how long it takes against the deadline, and what can be begun or left out. */
export const wayLines = (run: Run): readonly ReadinessLine[] => {
  const { work } = run;
  if (work === null || !work.items.some(isOpen)) return [];
  const items = new Map(work.items.map((item) => [item.id, item]));
  const { ids } = work.criticalPath;
  return [
    ...ids.map((id, index) => stepLine(id, index, items.get(id))),
    ...(ids.length === 0 ? [] : [totalLine(work, run)]),
    ...listLine('now', work.startable, 'can start'),
    ...listLine('without', work.withoutIds, 'the launch can do without'),
  ];
};

const stepLine = (id: string, index: number, item: Item | undefined): ReadinessLine => ({
  state: `step ${index + 1}`,
  tone: item === undefined ? 'doubt' : TONES[item.state],
  id,
  text: joined([
    item === undefined || item.estimateMs === null ? 'nobody has estimated it' : formatEffort(item.estimateMs),
    item?.owner ?? '',
    item === undefined || item.deadline === null ? '' : `due ${item.deadline}`,
  ]),
});

const totalLine = ({ criticalPath }: Work, run: Run): ReadinessLine => {
  const { totalMs, unestimated } = criticalPath;
  const deadline = deadlineOf(run.gates);
  const end = deadline === null ? null : parseInstant(deadline);
  const now = parseInstant(run.run.finishedAt ?? run.run.startedAt);
  const leftMs = end === null || now === null ? null : end - now;
  const late = leftMs !== null && leftMs < totalMs;
  return {
    state: 'in all',
    tone: late ? 'bad' : 'doubt',
    id: formatEffort(totalMs),
    text: joined([
      unestimated.length === 0 ? '' : 'and what nobody has estimated',
      leftMs === null ? '' : leftText(leftMs, totalMs, deadline ?? ''),
    ]),
  };
};

const leftText = (leftMs: number, totalMs: number, deadline: string): string => {
  if (leftMs < 0) return `the deadline was ${deadline}`;
  const left = `${formatEffort(leftMs)} are left until ${deadline}`;
  return leftMs < totalMs ? `${left}: ${formatEffort(totalMs - leftMs)} too few` : left;
};

/** The first deadline of those gates that no other gate needs: they are what everything leads to. */
const deadlineOf = (gates: readonly GateResult[]): string | null => {
  const needed = new Set(gates.flatMap(({ needs }) => needs));
  const deadlines = gates.filter(({ id }) => !needed.has(id)).flatMap(({ deadline }) => deadline ?? []);
  return deadlines.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
};

const listLine = (state: string, ids: readonly string[], text: string): readonly ReadinessLine[] =>
  ids.length === 0 ? [] : [{ state, tone: 'doubt', id: ids.join(', '), text }];
