import { constructFromEvents, CORE_SCHEMA, EVENT_ID, parseEvents, YAMLException, type Event } from 'js-yaml';
import { isList } from '../../../matchers/equality.ts';
import type { Json } from '../../../model/json.ts';
import type { LineProblem } from './question.ts';

/** An entry of a list, and the line on which it begins. */
export type Entry = { readonly line: number; readonly value: Json };

/** The entries of a YAML file that is one list, by the core schema of YAML 1.2; or what is wrong with it. */
export const yamlEntries = (text: string): readonly Entry[] | LineProblem => {
  try {
    const events = parseEvents(text, { maxDepth: 20 });
    const documents = constructFromEvents(events, { source: text, schema: CORE_SCHEMA, maxAliases: 0 });
    const [list, ...others] = documents.filter(isJson);
    if (others.length > 0) return { line: 1, message: 'the file holds more than one document' };
    if (list === undefined || !isList(list)) return { line: 1, message: 'the file must be a list of questions' };
    const lines = entryLines(text, events);
    return list.map((value, at) => ({ line: lines[at] ?? 1, value }));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { line: (error.mark?.line ?? 0) + 1, message: `is not YAML: ${error.reason}` };
  }
};

/** What the core schema makes of a text without tags is JSON, but for numbers like `.inf`, which no key accepts. */
const isJson = (value: unknown): value is Json => value !== undefined;

const entryLines = (text: string, events: readonly Event[]): readonly number[] => {
  const lines: number[] = [];
  let depth = 0;
  let line = 1;
  let read = 0;
  for (const event of events) {
    const offset = event.type === EVENT_ID.SCALAR ? event.valueStart : 'start' in event ? event.start : -1;
    if (depth === 2 && event.type !== EVENT_ID.POP) {
      const to = Math.max(read, offset);
      line += text.slice(read, to).split(/\r\n|\n|\r/).length - 1;
      read = to;
      lines.push(line);
    }
    if (event.type === EVENT_ID.POP) depth -= 1;
    else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) depth += 1;
  }
  return lines;
};
