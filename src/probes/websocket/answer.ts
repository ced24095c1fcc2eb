import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json } from '../../model/json.ts';
import { readJson } from '../http/json-text.ts';
import type { Spec } from './schema.ts';

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value has these members, and theirs, whatever else it has. Everything but objects must be equal. */
const hasMembers = (value: Json | undefined, members: unknown): boolean => {
  if (!isObject(members)) return isDeepStrictEqual(value, members);
  return (
    isJsonObject(value) &&
    Object.entries(members).every(([name, member]) => Object.hasOwn(value, name) && hasMembers(value[name], member))
  );
};

/** Whether a message is what `answer` of a spec describes; without it every message is. */
export const isAnswerTo = ({ answer }: Pick<Spec, 'answer'>, text: string | null): boolean => {
  if (answer === undefined) return true;
  if (text === null) return false;
  if (typeof answer === 'string') return text.includes(answer);
  const read = readJson(text);
  return read.ok && hasMembers(read.value, answer);
};
