import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../model/fault.ts';
import { clock } from '../../shell/clock.ts';
import { makeRunId } from '../../shell/run-id.ts';
import { writeText } from '../../shell/write-text.ts';
import type { Execute } from '../command.ts';
import { confirm } from '../confirm.ts';
import { parseCurl } from '../curl/parse.ts';
import { toSpec } from '../curl/to-spec.ts';
import { shellWords } from '../curl/words.ts';
import { idOf, mayChange, scenarioFrom } from '../new-scenario.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';

const EXAMPLE = "gonogo new scenario --curl 'curl https://example.com/health'";

const curlWords = ({ words: [what, ...rest], value }: ParsedOptions): readonly string[] => {
  if (what !== 'scenario') throw new UsageError(`there is nothing new called "${what}"`, `for example ${EXAMPLE}`);
  const curl = value('curl');
  if (curl !== null && rest.length > 0) throw new UsageError('there are two curl commands', `for example ${EXAMPLE}`);
  if (curl === null && rest.length === 0) throw new UsageError('--curl is missing', `for example ${EXAMPLE}`);
  return curl === null ? rest : shellWords(curl);
};

/** `gonogo new scenario`: sends a request once, and writes a scenario that asks for the same answer. Never overwrites. */
export const execute: Execute = async (options, world) => {
  const request = toSpec(parseCurl(curlWords(options)));
  const out = options.value('out');
  const path = out === null ? null : resolve(world.workingDirectory, out);
  if (path !== null && existsSync(path)) throw new UsageError(`${out} is there already`, 'name another file');
  const { method, spec } = request;
  const what = `${method} ${String(spec['url']).replace(/\?.*$/, '')} may change something, and is sent once`;
  const refused = mayChange(request) ? await confirm(what, options.has('yes'), world) : null;
  if (refused !== null) return refused;
  const draft = { id: options.value('id') ?? idOf(request), file: out ?? 'scenario.yaml', request };
  const text = await scenarioFrom({ ...draft, runId: makeRunId(clock.now(), clock.random) }, world);
  const { leftOut, secrets } = request;
  if (leftOut.length > 0) world.stderr.write(`left out: ${leftOut.join(', ')}\n`);
  for (const [name, { from }] of secrets) world.stderr.write(`secret: set ${name} before it is run (${from})\n`);
  if (path === null) return print(world, text);
  await writeText(path, text, { shown: out ?? '', replace: false });
  return print(world, `wrote ${out}\n\nnext: gonogo validate -c ${out}\n      gonogo run -c ${out}\n`);
};
