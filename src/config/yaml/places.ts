import type { Event } from 'js-yaml';
import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';

/** A range of the source text. `length` is 0 where there is no token to underline. */
export type Span = { readonly offset: number; readonly length: number };

/** Steps from the root of a file to a value: keys of maps and numbers of list items. */
export type Path = readonly (string | number)[];

/** Where a value lies in the text; `key` is null for the root and for items of a list. */
export type Place = { readonly key: Span | null; readonly value: Span };

/** Finds the place of a path; for a path that the file does not have, the place of its nearest parent. */
export type FindPlace = (path: Path) => Place;

/** What the composer leaves behind so that places can be worked out later, and only when they are asked for. */
export type Outline = {
  readonly text: string;
  readonly events: readonly Event[];
  /** The event that holds the root value. */
  readonly root: number;
  /** By event number: the number of the first event after that node. */
  readonly ends: Int32Array;
  /** By the event number of an alias: the event number of what it stands for. */
  readonly aliases: ReadonlyMap<number, number>;
};

type Entry = { readonly key: number | null; readonly value: number };
type Entries = ReadonlyMap<string | number, Entry>;

/** Places of one file. Each map or list is indexed when it is first walked through. */
export const indexPlaces = (outline: Outline): FindPlace => {
  const known = new Map<number, Entries>();
  const entriesOf = (node: number): Entries => {
    const target = outline.aliases.get(node) ?? node;
    const found = known.get(target) ?? listEntries(outline, target);
    known.set(target, found);
    return found;
  };
  return (path) => {
    let entry: Entry = { key: null, value: outline.root };
    for (const step of path) {
      const next = entriesOf(entry.value).get(step);
      if (next === undefined) break;
      entry = next;
    }
    const key = entry.key === null ? null : spanOf(outline, entry.key);
    const value = spanOf(outline, entry.value);
    return { key, value: value ?? key ?? { offset: 0, length: 0 } };
  };
};

const listEntries = (outline: Outline, node: number): Entries => {
  const { events, ends } = outline;
  const entries = new Map<string | number, Entry>();
  const type = events[node]?.type;
  if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return entries;
  for (let at = node + 1; events[at] !== undefined && events[at]?.type !== EVENT_ID.POP;) {
    if (type === EVENT_ID.SEQUENCE) {
      entries.set(entries.size, { key: null, value: at });
      at = ends[at] ?? events.length;
      continue;
    }
    const value = ends[at] ?? events.length;
    const key = keyText(outline, at);
    if (key !== null && !entries.has(key)) entries.set(key, { key: at, value });
    at = ends[value] ?? events.length;
  }
  return entries;
};

const keyText = (outline: Outline, node: number): string | null => {
  const event = outline.events[outline.aliases.get(node) ?? node];
  return event?.type === EVENT_ID.SCALAR ? getScalarValue(outline.text, event) : null;
};

/** Null for an empty scalar: it has no place of its own. */
const spanOf = (outline: Outline, node: number): Span | null => {
  const event = outline.events[node];
  return event === undefined ? null : spanOfEvent(outline.text, event);
};

/** The token of an event: a scalar with its quotes, an alias with its star, the first character of a collection. */
export const spanOfEvent = (text: string, event: Event): Span | null => {
  if (event.type === EVENT_ID.ALIAS) {
    return { offset: event.anchorStart - 1, length: event.anchorEnd - event.anchorStart + 1 };
  }
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
    const flow = text[event.start] === '{' || text[event.start] === '[';
    return { offset: event.start, length: flow ? 1 : 0 };
  }
  if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0) return null;
  if (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK) {
    return withoutBlanks(text, event.valueStart, event.valueEnd);
  }
  const quote = text[event.valueStart - 1];
  const quoted = (quote === '"' || quote === "'") && text[event.valueEnd] === quote;
  const offset = quoted ? event.valueStart - 1 : event.valueStart;
  return { offset, length: (quoted ? event.valueEnd + 1 : event.valueEnd) - offset };
};

/** The text of a block scalar begins where its indentation ends. */
const withoutBlanks = (text: string, start: number, end: number): Span => {
  const whole = text.slice(start, end);
  const shown = whole.trim();
  return { offset: shown === '' ? start : start + whole.indexOf(shown), length: shown.length };
};
