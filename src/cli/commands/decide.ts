import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CONFIG_FILE } from '../../config/config-file.ts';
import { nameTrouble } from '../../config/readiness/person.ts';
import { recordMarkdown } from '../../decision/markdown.ts';
import {
  judgementOf,
  makeRecord,
  recordText,
  signedText,
  standingOf,
  type Decision,
  type Judgement,
} from '../../decision/record.ts';
import { UsageError } from '../../model/fault.ts';
import type { GateResult, Run } from '../../model/run.ts';
import { closest } from '../../model/suggest.ts';
import { formatEffort } from '../../report/view/duration.ts';
import { clock } from '../../shell/clock.ts';
import { writeFileAtomically } from '../../shell/files.ts';
import { systemReason } from '../../shell/system-error.ts';
import type { Execute } from '../command.ts';
import { confirm } from '../confirm.ts';
import { keySignature } from '../key-signature.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';
import { boundFiles } from '../run-files.ts';
import { folderOfRun, judgeSaved, readSavedRun } from '../saved-run.ts';
import type { World } from '../world.ts';

const LATEST = join('reports', 'latest');

/** Today's file, so that what was taken back or has run out since the run counts. Throws `UsageError` without one. */
const withToday = (name: string, options: ParsedOptions, world: World): ParsedOptions => {
  if (options.has('config')) return options;
  const { plan } = readSavedRun(name, world);
  if (!existsSync(resolve(world.workingDirectory, CONFIG_FILE))) {
    if (plan.manual.length === 0 && plan.waivers.length === 0) return options;
    throw new UsageError('sign-offs and waivers may have changed since the run', 'add -c with its file');
  }
  return {
    ...options,
    has: (option) => option === 'config' || options.has(option),
    value: (option) => (option === 'config' ? CONFIG_FILE : options.value(option)),
  };
};

const gateOf = (run: Run, id: string | null): GateResult => {
  const ids = run.gates.map((gate) => gate.id);
  const found = id === null && run.gates.length === 1 ? run.gates[0] : run.gates.find((gate) => gate.id === id);
  if (found !== undefined) return found;
  if (id === null) throw new UsageError('a decision is about one gate', `add --gate with one of ${ids.join(', ')}`);
  const near = closest(id, ids);
  const hint = near === null ? `it has ${ids.join(', ')}` : `did you mean "${near}"?`;
  throw new UsageError(`the run has no gate "${id}"`, hint);
};

/** Why a GO takes a reason: the gate is not good, or it was made easier after the run. */
const againstIt = ({ gate, run, relaxed }: Judgement): UsageError => {
  const verdict = standingOf({ gate, run });
  const why = run.complete ? '' : ' (the run did not come to its end)';
  return verdict === 'GO' || verdict === 'CONDITIONAL'
    ? new UsageError(
        `the gate ${gate.id} asks for less than when the run was made: ${relaxed.join('; ')}`,
        'run it again, or say why with --override REASON; the record will show it',
      )
    : new UsageError(
        `the gate ${gate.id} is ${verdict}${why}: a GO goes against it`,
        'say why with --override REASON; the record will show it',
      );
};

/** What is decided, refused where it goes against the verdict without saying why. */
const decisionOf = (judgement: Judgement, options: ParsedOptions): Decision => {
  const { has, value } = options;
  const by = value('by')?.trim() ?? '';
  if (by === '') throw new UsageError('a decision needs to know who decides', 'add --by NAME');
  const trouble = nameTrouble(by);
  if (trouble !== null) throw new UsageError(`--by: ${trouble}`);
  if (has('go') && has('no-go')) throw new UsageError('--go and --no-go: which one is meant?');
  const verdict = standingOf(judgement);
  const good = verdict === 'GO' || verdict === 'CONDITIONAL';
  const decision = has('no-go') ? 'no-go' : has('go') || good ? 'go' : 'no-go';
  const against = decision === 'go' && (!good || judgement.relaxed.length > 0);
  const override = value('override');
  if (against && override === null) throw againstIt(judgement);
  return { by, at: clock.now().toISOString(), decision, note: value('note'), override: against ? override : null };
};

/** Where the record is to be written, without ending; nothing that was decided before is written over. */
const placeFor = (out: string, { at }: Decision, { gate, run }: Judgement): string => {
  const time = at.slice(0, 19).replaceAll(':', '');
  const base = join(out, `${time}Z-${gate.id}-${run.id}`);
  for (const file of [`${base}.json`, `${base}.md`]) {
    if (existsSync(file)) throw new UsageError(`${file} is there already`, 'a decision is never written over');
  }
  return base;
};

const fromFolder = (folder: string, path: string): string =>
  relative(realpathSync(folder), realpathSync(path)).split(sep).join('/');

/** `gonogo decide [RUN]`: writes down who decided what about a gate, with everything that it rests on. */
export const execute: Execute = async (options, world) => {
  const name = options.words[0] ?? LATEST;
  const folder = realpathSync(folderOfRun(name, world));
  const { run, at, overlay, signOffs, relaxed } = await judgeSaved(folder, withToday(folder, options, world), world);
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(run.run.id)) throw new UsageError(`"${run.run.id}" is no name of a run`);
  const evidence = await boundFiles(folder);
  const gate = gateOf(run, options.value('gate'));
  const judgement = judgementOf(run, gate, relaxed(gate.id));
  const decided = decisionOf(judgement, options);
  const { title } = judgement.gate;
  const question = `${decided.by} decides ${decided.decision.toUpperCase()} for ${title}, whose verdict is ${standingOf(judgement)} by the run of ${run.run.startedAt}, ${formatEffort(at.getTime() - Date.parse(run.run.startedAt))} ago`;
  const refused = await confirm(question, options.has('yes'), world);
  if (refused !== null) return refused;
  const out = resolve(world.workingDirectory, options.value('out') ?? 'decisions');
  try {
    mkdirSync(out, { recursive: true });
    const base = placeFor(out, decided, judgement);
    const where = fromFolder(out, folder);
    const signed = signOffs === null ? null : fromFolder(out, dirname(resolve(world.workingDirectory, signOffs)));
    const judged = { at: at.toISOString(), tool: world.tool, under: overlay };
    const unsigned = makeRecord(judgement, decided, judged, { folder: where, signOffs: signed, evidence });
    const key = options.value('key');
    const text = signedText(unsigned);
    const signature = await keySignature({ key, text, by: decided.by, allowedSigners: null }, world);
    const record = { ...unsigned, signature };
    await writeFileAtomically(`${base}.json`, recordText(record));
    await writeFileAtomically(`${base}.md`, recordMarkdown(record));
    const shown = relative(world.workingDirectory, `${base}.json`);
    return print(world, `${decided.decision.toUpperCase()} by ${decided.by}: ${shown}\ndigest ${record.digest}\n`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the record cannot be written to ${out}: ${systemReason(error)}`, null, { cause: error });
  }
};
