import { basename, join, resolve } from 'node:path';
import { CONFIG_FILE } from '../../config/config-file.ts';
import { MAX_FILE_BYTES } from '../../config/ports.ts';
import type { Check, Config, Scenario } from '../../config/config.ts';
import type { ManualItem } from '../../config/readiness/manual.ts';
import { UsageError } from '../../model/fault.ts';
import { closest } from '../../model/suggest.ts';
import { readRunbook } from '../../runbooks/read-runbook.ts';
import { addSkeleton } from '../../runbooks/skeleton.ts';
import { clock } from '../../shell/clock.ts';
import { readText } from '../../shell/files.ts';
import { writeText } from '../../shell/write-text.ts';
import type { Execute } from '../command.ts';
import { loadWithRunbooks } from '../load-project.ts';
import { whichFile } from '../options.ts';
import { print } from '../print.ts';

const FOLDER = 'docs/runbooks';

/** `gonogo runbook new CHECK`: writes the section that a person on call will need, as far as a file can know it. */
export const execute: Execute = async (options, world) => {
  const [what = '', id = ''] = options.words;
  if (what !== 'new') throw new UsageError(`gonogo runbook does not know "${what}"`, 'gonogo runbook new CHECK');
  const asked = {
    file: options.value('config') ?? CONFIG_FILE,
    environment: options.value('environment'),
    strict: false,
  };
  const { config, runbooks } = await loadWithRunbooks(asked, world, 'runbook');
  const entry = entryNamed(id, config);
  const reference = entry.runbook?.reference ?? null;
  const known = reference === null ? undefined : runbooks.sections[reference];
  if (known !== undefined) throw new UsageError(`"${id}" has a section already: ${known.url}`);
  const [file = '', anchor = ''] = reference?.split('#') ?? [];
  const component = entry.component === null ? undefined : config.components.get(entry.component);
  const path =
    options.value('out') ??
    config.runbooks.find((one) => file !== '' && (one === file || one.endsWith(`/${file}`))) ??
    join(FOLDER, file === '' ? `${entry.component ?? id}.md` : file);
  const target = resolve(world.workingDirectory, path);
  const existing = await readText(target, MAX_FILE_BYTES);
  if (!existing.ok && existing.reason !== 'does not exist') throw new UsageError(`${path} ${existing.reason}`);
  const title = anchor === '' ? entry.title : titleFrom(anchor);
  refuseSecond(existing.ok ? existing.text : '', title, path);
  const skeleton = addSkeleton(existing.ok ? existing.text : null, {
    check: { id, tryCommand: 'tryCommand' in entry ? entry.tryCommand : null },
    prove: ['gonogo', 'run', ...whichFile(asked.file, asked.environment), '--only', id],
    title,
    fileTitle: component?.title ?? config.name,
    owner: entry.owner ?? component?.owner ?? null,
    today: clock.now().toISOString().slice(0, 10),
  });
  await writeText(target, skeleton.text, { shown: path, replace: true });
  return print(world, await nextSteps(path, skeleton.anchor, reference, asked, world));
};

type Entry = Check | Scenario | ManualItem;

const entryNamed = (id: string, { checks, scenarios, manual }: Config): Entry => {
  const entries: readonly Entry[] = [...checks, ...scenarios, ...manual];
  const found = entries.find((one) => one.id === id);
  if (found !== undefined) return found;
  const near = closest(
    id,
    entries.map((one) => one.id),
  );
  throw new UsageError(
    `there is no check "${id}"`,
    near === null ? 'gonogo list lists them' : `did you mean "${near}"?`,
  );
};

/** A section that nothing leads to yet may have been written a minute ago. */
const refuseSecond = (text: string, title: string, path: string): void => {
  const found = readRunbook(text).find((one) => one.level === 2 && one.title === title);
  if (found === undefined) return;
  const hint = `lead the check to it: runbook: ${basename(path)}#${found.anchor}`;
  throw new UsageError(`${path} has a section "${title}" already`, hint);
};

/** A heading whose anchor is this one. */
const titleFrom = (anchor: string): string => {
  const words = anchor.replaceAll('-', ' ').trim();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

const nextSteps = async (
  path: string,
  anchor: string,
  reference: string | null,
  asked: Parameters<typeof loadWithRunbooks>[0],
  world: Parameters<typeof loadWithRunbooks>[1],
): Promise<string> => {
  const { config } = await loadWithRunbooks(asked, world, 'runbook');
  const listed = config.runbooks.includes(path);
  return [
    `wrote ${path}, the section "#${anchor}"\n`,
    ...(listed ? [] : [`list the file, so that it is read: runbooks: [${path}]\n`]),
    ...(reference === null ? [`lead the check to it: runbook: ${basename(path)}#${anchor}\n`] : []),
    'write what stands as TODO; gonogo lint says what is missing\n',
  ].join('');
};
