import { dirname, join, relative, resolve } from 'node:path';
import { parseInstant } from '../../matchers/instant.ts';
import { UsageError } from '../../model/fault.ts';
import { REASON_CODES } from '../../model/reason-code.ts';
import { closest } from '../../model/suggest.ts';
import { clock } from '../../shell/clock.ts';
import { appendText, readText } from '../../shell/files.ts';
import type { Execute } from '../command.ts';
import { confirm } from '../confirm.ts';
import { loadProject } from '../load-project.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';

const MOST_BYTES = 8 * 1024 * 1024;

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

/** `gonogo waive CHECK`: writes a waiver down, owned, approved by somebody else, and with an end. */
export const execute: Execute = async (options, world) => {
  const { config } = await loadProject(options, world, 'waive');
  const entries = [...config.checks, ...config.scenarios, ...config.manual].map(({ id }) => id);
  const check = known(options.words[0] ?? '', entries, 'check');
  const code = known(needed(options, 'reason-code', 'connect-refused'), REASON_CODES, 'reason code');
  const reason = needed(options, 'reason', '"moved next week"');
  const owner = needed(options, 'owner', 'platform');
  const approver = needed(options, 'approved-by', 'cto');
  if (owner === approver) throw new UsageError(`"${owner}" owns this waiver and cannot approve it as well`);
  const expires = expiryOf(options, config.waiverHorizonMs);
  const pairs = { check, 'reason-code': code, reason, owner, 'approved-by': approver, expires };
  const fields = Object.entries(pairs).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const entry = `  - ${fields.join('\n    ')}\n`;
  const file = options.value('file') ?? join(dirname(config.file), 'waivers.yaml');
  const path = resolve(world.workingDirectory, file);
  const question = `${check} is accepted to end in ${code} until ${expires}: ${reason}`;
  if (!(await confirm(question, options.has('yes'), world))) return 1;
  const before = await readText(path, MOST_BYTES);
  const ours = before.ok && /^waivers:\s*$/m.test(before.text);
  if (before.ok && before.text.trim() !== '' && !ours) {
    throw new UsageError(`${file} has no list waivers: to append to`, `put this under waivers: yourself\n${entry}`);
  }
  await appendText(path, ours ? entry : `waivers:\n${entry}`);
  const after = await loadProject(options, world, 'waive').catch(() => null);
  const counted = after?.config.waivers.some((one) => one.check === check && one.reasonCode === code) === true;
  const shown = relative(world.workingDirectory, path);
  const hint = counted ? '' : `${config.file} does not include it yet: add include: [${shown}]\n`;
  return print(world, `waived: ${check} for ${code} until ${expires}, in ${shown}\n${hint}`);
};
