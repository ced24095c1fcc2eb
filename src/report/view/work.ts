import type { Run } from '../../model/run.ts';
import { formatEffort } from './duration.ts';
import { deadlineText } from './phrase.ts';
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
      open ? deadlineText(item) : '',
      open && item.optional ? 'the launch can do without it' : '',
      item.state === 'blocked' ? `waits for ${item.blockedBy.join(', ')}` : '',
      item.missing.length === 0 ? '' : `not shown by ${item.missing.join(', ')}`,
    ]),
  };
};

/** The critical path step by step, how long it takes against the deadline, and what can be begun or left out. */
export const wayLines = (work: Run['work']): readonly ReadinessLine[] => {
  if (work === null || !work.items.some(isOpen)) return [];
  const items = new Map(work.items.map((item) => [item.id, item]));
  const { ids } = work.criticalPath;
  return [
    ...ids.map((id, index) => stepLine(id, index, items.get(id))),
    ...(ids.length === 0 ? [] : [totalLine(work)]),
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
    item === undefined ? '' : deadlineText(item),
  ]),
});

const totalLine = ({ criticalPath }: Work): ReadinessLine => {
  const { totalMs, unestimated, deadlineState } = criticalPath;
  return {
    state: 'in all',
    tone: deadlineState === 'short' || deadlineState === 'over' ? 'bad' : 'doubt',
    id: formatEffort(totalMs),
    text: joined([unestimated.length === 0 ? '' : 'and what nobody has estimated', leftText(criticalPath)]),
    sum: true,
  };
};

const leftText = ({ deadline, leftMs, totalMs }: Work['criticalPath']): string => {
  if (deadline === null || leftMs === null) return '';
  if (leftMs <= 0) return `the deadline was ${deadline}`;
  const left = `${formatEffort(leftMs)} are left until ${deadline}`;
  return leftMs < totalMs ? `${left}: ${formatEffort(totalMs - leftMs)} too few` : left;
};

const listLine = (state: string, ids: readonly string[], text: string): readonly ReadinessLine[] =>
  ids.length === 0 ? [] : [{ state, tone: 'doubt', id: ids.join(', '), text, sum: true }];
