import type { AliasEvent, Event, ScalarEvent } from 'js-yaml';
import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Json } from '../../model/json.ts';
import type { ComposerState, YamlFault } from './composer-state.ts';
import { describePlace, isFull, noteFault, noteFaultAt, startState } from './composer-state.ts';
import type { Outline } from './places.ts';
import { resolvePlainScalar } from './plain-scalar.ts';

/** Limits of one file; each is refused by its name. */
export const YAML_LIMITS = { depth: 64, aliases: 100, values: 1_000_000 } as const;

export type Composed = { readonly value: Json; readonly outline: Outline; readonly faults: readonly YamlFault[] };

/**
 * Makes plain values of a document's events, which start at the root value. Maps become objects without a prototype,
 * so `__proto__` and `constructor` are keys like any other. Aliases share the value that they stand for.
 */
export const compose = (text: string, events: readonly Event[], root: number): Composed => {
  const state = startState(text, events, root);
  const value = composeNode(state);
  return { value, outline: { text, events, root, ends: state.ends, aliases: state.aliases }, faults: state.faults };
};

const composeNode = (state: ComposerState): Json => {
  const node = state.cursor;
  const event = state.events[node];
  if (event === undefined) return null;
  state.cursor += 1;
  state.size += 1;
  const value = valueOf(state, event, node);
  state.ends[node] = state.cursor;
  return value;
};

const valueOf = (state: ComposerState, event: Event, node: number): Json => {
  if (event.type === EVENT_ID.ALIAS) return resolveAlias(state, event, node);
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return null;
  if (event.tagStart >= 0) refuseTag(state, event.tagStart, event.tagEnd);
  if (event.anchorStart < 0) return contentOf(state, event, node);
  const name = state.text.slice(event.anchorStart, event.anchorEnd);
  const before = { size: state.size, deepest: state.deepest };
  state.anchors.set(name, 'open');
  state.deepest = state.depth;
  const value = contentOf(state, event, node);
  state.anchors.set(name, {
    node,
    value,
    size: state.size - before.size + 1,
    height: state.deepest - state.depth,
  });
  state.deepest = Math.max(before.deepest, state.deepest);
  return value;
};

const contentOf = (state: ComposerState, event: Event, node: number): Json => {
  if (event.type === EVENT_ID.SCALAR) return scalarOf(state, event, node);
  state.depth += 1;
  state.deepest = Math.max(state.deepest, state.depth);
  const value = event.type === EVENT_ID.MAPPING ? composeMap(state, node) : composeList(state);
  state.cursor += 1;
  state.depth -= 1;
  return value;
};

const composeList = (state: ComposerState): Json => {
  const items: Json[] = [];
  while (!atEnd(state)) items.push(composeNode(state));
  return items;
};

const composeMap = (state: ComposerState, map: number): Json => {
  const values: Record<string, Json> = Object.create(null);
  while (!atEnd(state)) {
    const node = state.cursor;
    const key = composeKey(state);
    const value = composeNode(state);
    if (key === null) continue;
    if (key in values) noteDuplicate(state, map, node, key);
    else values[key] = value;
  }
  return values;
};

const atEnd = (state: ComposerState): boolean => {
  const event = state.events[state.cursor];
  return event === undefined || event.type === EVENT_ID.POP;
};

/** The key as a string; null when it was refused. */
const composeKey = (state: ComposerState): string | null => {
  const node = state.cursor;
  const event = state.events[node];
  const key = composeNode(state);
  const plain = event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN;
  if (key === '<<' && plain) {
    noteFault(
      state,
      node,
      'merge keys (<<) are not part of this language',
      'write the keys out, or give the whole value an anchor',
    );
    return null;
  }
  if (typeof key === 'string') return key;
  if (typeof key === 'object' && key !== null)
    noteFault(state, node, `a key must be a string, found ${Array.isArray(key) ? 'a list' : 'a mapping'}`);
  else
    noteFault(
      state,
      node,
      key === null ? 'a key is missing' : `a key must be a string, found ${typeof key} ${key}`,
      key === null ? null : `write it in quotes: "${key}"`,
    );
  return null;
};

/** Names both places: the first one is looked for among the keys before. */
const noteDuplicate = (state: ComposerState, map: number, node: number, key: string): void => {
  if (isFull(state)) return;
  let first = map + 1;
  while (first < node && !isKey(state, first, key)) first = state.ends[state.ends[first] ?? node] ?? node;
  noteFault(state, node, `the key ${JSON.stringify(key)} is written twice, first at ${describePlace(state, first)}`);
};

const isKey = (state: ComposerState, node: number, key: string): boolean => {
  const event = state.events[state.aliases.get(node) ?? node];
  return event?.type === EVENT_ID.SCALAR && getScalarValue(state.text, event) === key;
};

const scalarOf = (state: ComposerState, event: ScalarEvent, node: number): Json => {
  const text = event.valueStart < 0 ? '' : getScalarValue(state.text, event);
  if (event.style !== SCALAR_STYLE.PLAIN) {
    if (!event.fast && !text.isWellFormed()) noteFault(state, node, 'the text holds half of a surrogate pair');
    return text;
  }
  const scalar = resolvePlainScalar(text);
  if (scalar.ok) return scalar.value;
  noteFault(state, node, scalar.message, 'write it in quotes if a text is meant');
  return null;
};

const refuseTag = (state: ComposerState, start: number, end: number): void => {
  const tag = state.text.slice(start, end);
  const hint = tag === '!!str' ? 'write the value in quotes instead' : 'remove it';
  noteFaultAt(state, { offset: start, length: end - start }, `the tag ${tag} is not known`, hint);
};

const resolveAlias = (state: ComposerState, event: AliasEvent, node: number): Json => {
  const name = state.text.slice(event.anchorStart, event.anchorEnd);
  const anchor = state.anchors.get(name);
  const refuse = (message: string): null => {
    // A limit is told once, not for every alias beyond it.
    if (state.faults.every((fault) => fault.message !== message)) noteFault(state, node, message);
    return null;
  };
  if (anchor === undefined) return refuse(`the alias *${name} has no anchor &${name} before it`);
  if (anchor === 'open') return refuse(`the alias *${name} stands for a value that holds it`);
  state.aliases.set(node, anchor.node);
  if (state.aliases.size > YAML_LIMITS.aliases) return refuse(`more than ${YAML_LIMITS.aliases} aliases in one file`);
  if (state.depth + anchor.height > YAML_LIMITS.depth)
    return refuse(`with *${name} the file is nested deeper than ${YAML_LIMITS.depth} levels`);
  state.size += anchor.size - 1;
  state.deepest = Math.max(state.deepest, state.depth + anchor.height);
  if (state.size > YAML_LIMITS.values)
    return refuse(`with its aliases the file holds more than ${YAML_LIMITS.values} values`);
  return anchor.value;
};
