import { dirname, join, relative, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { isSamePerson, nameTrouble } from '../../config/readiness/person.ts';
import { canonical } from '../../config/readiness/signed-text.ts';
import { NEVER_WAIVED } from '../../config/readiness/waivers.ts';
import { makeSourceFile } from '../../config/source-file.ts';
import { parseInstant } from '../../matchers/instant.ts';
import { UsageError } from '../../model/fault.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { REASON_CODES } from '../../model/reason-code.ts';
import { closest } from '../../model/suggest.ts';
import { clock } from '../../shell/clock.ts';
import { appendChecked } from '../append-checked.ts';
import type { Execute } from '../command.ts';
import { confirm } from '../confirm.ts';
import { loadProject } from '../load-project.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';

/** A waiver as it is written. */
type Entry = {
  readonly check: string;
  readonly 'reason-code': string;
  readonly reason: string;
  readonly owner: string;
  readonly 'approved-by': string;
  readonly expires: string;
};

const needed = (options: ParsedOptions, name: string, example: string): string => {
  const value = options.value(name)?.trim() ?? '';
  if (value !== '') return value;
  throw new UsageError(`a waiver needs --${name}`, `for example --${name} ${example}`);
};

const known = (value: string, all: readonly string[], what: string): string => {
  if (all.includes(value)) return value;
  const near = closest(value, all);
  throw new UsageError(`there is no ${what} "${value}"`, near === null ? null : `did you mean "${near}"?`);
};

const nameOf = (options: ParsedOptions, option: string, example: string): string => {
  const name = needed(options, option, example);
  const trouble = nameTrouble(name);
  if (trouble === null) return name;
  throw new UsageError(`--${option}: ${trouble}`);
};

/** When it ends, refused where it would not count. */
const expiryOf = (options: ParsedOptions, horizonMs: number): string => {
  const text = needed(options, 'expires', '2026-12-15');
  const at = parseInstant(text);
  if (at === null) throw new UsageError(`there is no such day or time as "${text}"`);
  const now = clock.now().getTime();
  if (at <= now) throw new UsageError(`"${text}" is over already`);
  if (at <= now + horizonMs) return text;
  const latest = new Date(now + horizonMs).toISOString().slice(0, 10);
  throw new UsageError(
    `"${text}" is too far away: a waiver may last until ${latest}`,
    'defaults: waiver-horizon sets how long',
  );
};

/** What may fail: checks and scenarios, also all rows of one by its id without brackets. */
const failing = ({ checks, scenarios }: Config): readonly string[] => {
  const ids = [...checks, ...scenarios].map(({ id }) => id);
  return [...new Set([...ids, ...ids.map((id) => id.replace(/\[.*$/, ''))])];
};

const entryOf = (options: ParsedOptions, config: Config): Entry => {
  const named = options.words[0] ?? '';
  if (config.manual.some(({ id }) => id === named)) {
    throw new UsageError(`${named} is signed, not waived`, `gonogo sign ${named} --by NAME`);
  }
  const check = known(named, failing(config), 'check');
  const code = known(needed(options, 'reason-code', 'connect-refused'), REASON_CODES, 'reason code');
  if ([...NEVER_WAIVED].some((one) => one === code)) {
    throw new UsageError(`${code} is never a failure, so there is nothing to accept`);
  }
  const reason = needed(options, 'reason', '"moved next week"');
  const owner = nameOf(options, 'owner', 'platform');
  const approver = nameOf(options, 'approved-by', 'cto');
  if (isSamePerson(owner, approver)) {
    throw new UsageError(`"${owner}" owns this waiver and cannot approve it as well`, 'name somebody else');
  }
  const expires = expiryOf(options, config.waiverHorizonMs);
  return { check, 'reason-code': code, reason, owner, 'approved-by': approver, expires };
};

const isBlank = (text: string): boolean => text.split('\n').every((line) => /^(#|$)/.test(line.trim()));

/** The entry in its list; the list is begun where the file holds nothing yet. */
const textFor =
  (entry: Entry) =>
  (before: string): string => {
    const fields = Object.entries(entry).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    const item = `  - ${fields.join('\n    ')}\n`;
    return isBlank(before) ? `waivers:\n${item}` : item;
  };

const waiversIn = (value: Json): readonly Json[] => {
  const waivers = isJsonObject(value) ? value['waivers'] : undefined;
  return Array.isArray(waivers) ? waivers : [];
};

/** What would be wrong with the whole file; null when the entry stands at the end of its waivers, as it was meant. */
const troubleWith =
  (name: string, entry: Entry) =>
  (whole: string): string | null => {
    const { value, faults } = makeSourceFile(name, whole);
    const last = waiversIn(value).at(-1);
    const fits = faults.length === 0 && last !== undefined && canonical(last) === canonical(entry);
    return fits ? null : 'it does not end with its list of waivers';
  };

/** `gonogo waive CHECK`: writes a waiver down, owned, approved by somebody else, and with an end. */
export const execute: Execute = async (options, world) => {
  const { config } = await loadProject(options, world, 'waive');
  const entry = entryOf(options, config);
  const { check, 'reason-code': code, reason, expires } = entry;
  const file = options.value('file') ?? join(dirname(config.file), 'waivers.yaml');
  const path = resolve(world.workingDirectory, file);
  const question = `${check} is accepted to end in ${code} until ${expires}: ${reason}`;
  const refused = await confirm(question, options.has('yes'), world);
  if (refused !== null) return refused;
  const shown = relative(world.workingDirectory, path);
  await appendChecked({ path, name: shown }, textFor(entry), troubleWith(shown, entry));
  const after = await loadProject(options, world, 'waive');
  const counted = after.config.waivers.length > config.waivers.length;
  const from = relative(dirname(resolve(world.workingDirectory, config.file)), path);
  const hint = counted ? '' : `${config.file} does not include it yet: add include: [${from}]\n`;
  return print(world, `waived: ${check} for ${code} until ${expires}, in ${shown}\n${hint}`);
};
