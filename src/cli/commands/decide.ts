import { mkdirSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { recordMarkdown } from '../../decision/markdown.ts';
import { makeRecord, recordText, type Decision } from '../../decision/record.ts';
import { UsageError } from '../../model/fault.ts';
import type { GateResult, Run } from '../../model/run.ts';
import { closest } from '../../model/suggest.ts';
import { clock } from '../../shell/clock.ts';
import { writeFileAtomically } from '../../shell/files.ts';
import type { Execute } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';
import { boundFiles } from '../run-files.ts';
import { judgeSaved } from '../saved-run.ts';

const LATEST = join('reports', 'latest');

const gateOf = (run: Run, id: string | null): GateResult => {
  const ids = run.gates.map((gate) => gate.id);
  const found = id === null && run.gates.length === 1 ? run.gates[0] : run.gates.find((gate) => gate.id === id);
  if (found !== undefined) return found;
  if (id === null) throw new UsageError('a decision is about one gate', `add --gate with one of ${ids.join(', ')}`);
  const near = closest(id, ids);
  throw new UsageError(
    `the run has no gate "${id}"`,
    near === null ? `it has ${ids.join(', ')}` : `did you mean "${near}"?`,
  );
};

/** What is decided, refused where it goes against the verdict without saying why. */
const decisionOf = (gate: GateResult, options: ParsedOptions): Decision => {
  const by = options.value('by')?.trim() ?? '';
  if (by === '') throw new UsageError('a decision needs to know who decides', 'add --by NAME');
  const good = gate.verdict === 'GO' || gate.verdict === 'CONDITIONAL';
  const decision = options.has('no-go') ? 'no-go' : options.has('go') || good ? 'go' : 'no-go';
  const override = options.value('override');
  if (options.has('go') && options.has('no-go')) throw new UsageError('--go and --no-go: which one is meant?');
  if (decision === 'go' && !good && override === null) {
    throw new UsageError(
      `the gate ${gate.id} is ${gate.verdict}: a GO goes against it`,
      'say why with --override REASON; the record will show it',
    );
  }
  const against = decision === 'go' && !good;
  const { value } = options;
  return { by, at: clock.now().toISOString(), decision, note: value('note'), override: against ? override : null };
};

/** `gonogo decide [RUN]`: writes down who decided what about a gate, with everything that it rests on. */
export const execute: Execute = async (options, world) => {
  const name = options.words[0] ?? LATEST;
  const run = await judgeSaved(name, options, world);
  const gate = gateOf(run, options.value('gate'));
  const decided = decisionOf(gate, options);
  const folder = realpathSync(resolve(world.workingDirectory, name));
  const out = resolve(world.workingDirectory, options.value('out') ?? 'decisions');
  const question = `${decided.by} decides ${decided.decision.toUpperCase()} for ${gate.title}, whose verdict is ${gate.verdict}`;
  if (!(await confirm(question, options.has('yes'), world))) return 1;
  mkdirSync(out, { recursive: true });
  const where = relative(realpathSync(out), folder).split(sep).join('/');
  const record = makeRecord(run, gate, decided, where, await boundFiles(folder));
  const base = join(out, `${decided.at.slice(0, 10)}-${gate.id}-${run.run.id}`);
  await writeFileAtomically(`${base}.json`, recordText(record));
  await writeFileAtomically(`${base}.md`, recordMarkdown(record));
  const shown = relative(world.workingDirectory, `${base}.json`);
  return print(world, `${decided.decision.toUpperCase()} by ${decided.by}: ${shown}\ndigest ${record.digest}\n`);
};
