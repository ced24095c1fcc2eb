import type { Event } from 'js-yaml';
import type { Json } from '../../model/json.ts';
import type { LineTable } from '../lines.ts';
import { lineColumn, lineTable } from '../lines.ts';
import type { Span } from './places.ts';
import { spanOfEvent } from './places.ts';

/** A fault in the text itself, with its place. */
export type YamlFault = Span & { readonly message: string; readonly hint: string | null };

/** A value that aliases may stand for: how many values it holds, aliases followed, and how many levels. */
export type Anchor = { readonly node: number; readonly value: Json; readonly size: number; readonly height: number };

/** What the composer knows while it walks the events of one document. */
export type ComposerState = {
  readonly text: string;
  readonly events: readonly Event[];
  /** By event number: the number of the first event after that node. */
  readonly ends: Int32Array;
  /** By the event number of an alias: the event number of what it stands for. */
  readonly aliases: Map<number, number>;
  /** `open` while the anchored value is being composed: an alias to it would be recursive. */
  readonly anchors: Map<string, Anchor | 'open'>;
  readonly faults: YamlFault[];
  cursor: number;
  depth: number;
  /** The deepest level since it was last reset, for the height of anchored values. */
  deepest: number;
  /** Values so far, those behind aliases counted each time. */
  size: number;
  lines: LineTable | null;
};

export const startState = (text: string, events: readonly Event[], root: number): ComposerState => ({
  text,
  events,
  ends: new Int32Array(events.length),
  aliases: new Map(),
  anchors: new Map(),
  faults: [],
  cursor: root,
  depth: 0,
  deepest: 0,
  size: 0,
  lines: null,
});

/** More faults than this in one file help nobody; the rest are not kept. */
const MAX_FAULTS = 100;

export const isFull = (state: ComposerState): boolean => state.faults.length >= MAX_FAULTS;

/** Notes a fault at the token of an event. */
export const noteFault = (state: ComposerState, node: number, message: string, hint: string | null = null): void => {
  const event = state.events[node];
  const span = event === undefined ? null : spanOfEvent(state.text, event);
  noteFaultAt(state, span ?? previousSpan(state, node), message, hint);
};

export const noteFaultAt = (state: ComposerState, span: Span, message: string, hint: string | null): void => {
  if (!isFull(state)) state.faults.push({ ...span, message, hint });
};

/** `line 3, column 5` of an event's token. */
export const describePlace = (state: ComposerState, node: number): string => {
  state.lines ??= lineTable(state.text);
  const event = state.events[node];
  const span = event === undefined ? null : spanOfEvent(state.text, event);
  const { line, column } = lineColumn(state.lines, span?.offset ?? 0);
  return `line ${line}, column ${column}`;
};

/** An empty scalar has no token: the one before it is shown. */
const previousSpan = (state: ComposerState, node: number): Span => {
  for (let at = node - 1; at >= 0; at -= 1) {
    const event = state.events[at];
    const span = event === undefined ? null : spanOfEvent(state.text, event);
    if (span !== null) return span;
  }
  return { offset: 0, length: 0 };
};
