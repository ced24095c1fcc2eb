import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import { byteSize } from '../engine/printable.ts';
import { readJson } from '../http/json-text.ts';
import { lastWords } from './last-words.ts';

const MOST_NAMED = 3;

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const hasJson = (facts: Facts): boolean => {
  const stdout = text(facts['stdout']);
  return facts['json'] !== undefined || (stdout !== null && readJson(stdout).ok);
};

const endSigns = (facts: Facts): readonly Sign[] => {
  const code = facts['exit-code'];
  const signal = text(facts['signal']);
  if (signal !== null) {
    const message = `the command was ended by ${signal}${lastWords(facts)}`;
    return ['signal', 'exit-code'].map((fact) => ({ code: 'signal', fact, message }));
  }
  if (typeof code !== 'number' || code === 0) return [];
  const message = `the command ended with exit code ${code}${lastWords(facts)}`;
  // A command that crashed leaves no JSON either, and the crash is why.
  const about = hasJson(facts) ? ['exit-code'] : ['exit-code', 'json'];
  return about.map((fact) => ({ code: 'exit-code', fact, message }));
};

/** Nothing can be said of the whole of an output of which a part was not kept. */
const cutSigns = (facts: Facts, name: 'stdout' | 'stderr'): readonly Sign[] => {
  const leftOut = facts[`${name}-left-out`];
  if (typeof leftOut !== 'number') return [];
  const message = `${name} is longer than what is kept: ${byteSize(leftOut)} in its middle are gone; ask ${name}-head or ${name}-tail`;
  return [{ code: 'value-missing', fact: name, message }];
};

const jsonSigns = (facts: Facts): readonly Sign[] => {
  if (facts['json'] !== undefined || facts['exit-code'] !== 0) return [];
  const stdout = text(facts['stdout']);
  if (stdout === null) return [{ code: 'not-json', fact: 'json', message: 'stdout is too long, or is not JSON' }];
  const read = readJson(stdout);
  return read.ok ? [] : [{ code: 'not-json', fact: 'json', message: `stdout is not JSON: ${read.problem}` }];
};

const artifactSigns = (facts: Facts): readonly Sign[] => {
  const missing = list(facts['missing-artifacts']).filter((item) => typeof item === 'string');
  if (missing.length === 0) return [];
  const more = missing.length > MOST_NAMED ? `; and ${missing.length - MOST_NAMED} more` : '';
  const message = `the command left no result: ${missing.slice(0, MOST_NAMED).join('; ')}${more}`;
  return ['missing-artifacts', 'artifacts'].map((fact) => ({ code: 'artifact-missing', fact, message }));
};

const named = (process: Json): readonly string[] => {
  if (!isJsonObject(process)) return [];
  const { pid, name, ended } = process;
  const who = typeof pid === 'number' ? `${text(name) ?? ''} (${pid})` : (text(name) ?? '');
  return [ended === false ? `${who}, which could not be ended` : who];
};

const leftSigns = (facts: Facts): readonly Sign[] => {
  const left = list(facts['left-behind']).flatMap(named);
  if (left.length === 0) return [];
  const more = left.length > MOST_NAMED ? `; and ${left.length - MOST_NAMED} more` : '';
  const message = `the command ended and left processes behind: ${left.slice(0, MOST_NAMED).join('; ')}${more}`;
  return [{ code: 'assertion-failed', fact: 'left-behind', message }];
};

/** The conditions that a program can show. Pure. */
export const explainCommand = (facts: Facts): readonly Sign[] => [
  ...endSigns(facts),
  ...cutSigns(facts, 'stdout'),
  ...cutSigns(facts, 'stderr'),
  ...jsonSigns(facts),
  ...artifactSigns(facts),
  ...leftSigns(facts),
];
