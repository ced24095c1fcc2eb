import type { Event } from 'js-yaml';
import { EVENT_ID, parseEvents, YAMLException } from 'js-yaml';
import type { Json } from '../../model/json.ts';
import { compose, YAML_LIMITS } from './compose.ts';
import type { YamlFault } from './composer-state.ts';
import type { FindPlace } from './places.ts';
import { indexPlaces, spanOfEvent } from './places.ts';
import { explainSyntax } from './syntax.ts';

/** A parsed file. With faults, the value is what could still be read; null when nothing could. */
export type ParsedYaml = {
  readonly value: Json;
  readonly faults: readonly YamlFault[];
  readonly findPlace: FindPlace;
};

/**
 * Parses one YAML document by the core schema of YAML 1.2 into plain values, and refuses what would be read in two
 * ways: tags, merge keys, duplicate keys, keys that are no strings, numbers that lose digits, a second document.
 */
export const parseYaml = (text: string): ParsedYaml => {
  const events = readEvents(text);
  if (!Array.isArray(events)) return unreadable(events);
  if (events.length > 2 * YAML_LIMITS.values) {
    return unreadable(wholeFile(`the file holds more than ${YAML_LIMITS.values} values`));
  }
  const root = events.findIndex((event) => event.type === EVENT_ID.DOCUMENT) + 1;
  if (root === 0 || isNothing(events[root])) return unreadable(wholeFile('the file is empty'));
  const { value, outline, faults } = compose(text, events, root);
  const second = events.findIndex((event, at) => at >= root && event.type === EVENT_ID.DOCUMENT);
  return {
    value,
    faults: second < 0 ? faults : [...faults, secondDocument(text, events, second)],
    findPlace: indexPlaces(outline),
  };
};

const readEvents = (text: string): Event[] | YamlFault => {
  try {
    return parseEvents(text, { maxDepth: YAML_LIMITS.depth });
  } catch (error) {
    if (error instanceof YAMLException) return explainSyntax(text, error.reason, error.mark?.position ?? 0);
    throw error;
  }
};

const unreadable = (fault: YamlFault): ParsedYaml => ({
  value: null,
  faults: [fault],
  findPlace: () => ({ key: null, value: { offset: fault.offset, length: fault.length } }),
});

const wholeFile = (message: string): YamlFault => ({ offset: 0, length: 0, message, hint: null });

/** A document without content, as `---` alone leaves it. */
const isNothing = (event: Event | undefined): boolean =>
  event?.type === EVENT_ID.SCALAR && event.valueStart < 0 && event.tagStart < 0 && event.anchorStart < 0;

const secondDocument = (text: string, events: readonly Event[], at: number): YamlFault => {
  const next = events[at + 1];
  const content = (next === undefined ? null : spanOfEvent(text, next))?.offset ?? text.length;
  const marker = text.slice(0, content).lastIndexOf('---');
  const place = marker < 0 ? { offset: content, length: 0 } : { offset: marker, length: 3 };
  return {
    ...place,
    message: 'a second document starts here; a file holds one',
    hint: 'split the file and name both under include:',
  };
};
