import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { execPath, getuid } from 'node:process';
import { findBrowser } from '../page/find-browser.ts';
import { inheritedEnvironment } from '../process/environment.ts';
import type { ProbeContext } from '../probe.ts';
import { exactly, findSpecs, type SpecFiles } from './find-specs.ts';
import type { PicturePolicy } from './keep-evidence.ts';
import { ownConfig } from './own-config.ts';
import { patternsOf } from './problems.ts';
import { coversFields, findRunner, type Runner } from './runner.ts';
import type { Spec } from './schema.ts';

const REPORTER = join(import.meta.dirname, `reporter${extname(import.meta.filename)}`);

/** Where Playwright keeps its browsers, for configurations that leave it to find one: no secret, and no default helps. */
const BROWSERS = 'PLAYWRIGHT_BROWSERS_PATH';

/** What is run, and what may be kept of it. */
export type Order = {
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly specs: readonly SpecFiles[];
  readonly pictures: PicturePolicy;
};

/** A variable that holds a secret would be in the trace and may be on a screenshot: what is typed, what is sent. */
const holdsSecret = ({ env = {} }: Spec, { redact }: ProbeContext): boolean =>
  Object.values(env).some((value) => redact(String(value)) !== String(value));

const policyFor = (spec: Spec, runner: Runner, hasSecrets: boolean): PicturePolicy => {
  if (!hasSecrets) return { keep: 'all' };
  if (spec.screenshots !== true) return { keep: 'none', because: 'env holds a secret' };
  return coversFields(runner)
    ? { keep: 'screenshots', because: 'env holds a secret' }
    : { keep: 'none', because: `env holds a secret, and @playwright/test ${runner.version} cannot cover fields` };
};

const environmentOf = async (spec: Spec, { environment }: ProbeContext, work: string, mark: string) => {
  const temporary = join(work, 'tmp');
  await mkdir(temporary);
  const browsers = environment[BROWSERS];
  return {
    ...inheritedEnvironment(environment),
    ...(browsers === undefined ? {} : { [BROWSERS]: browsers }),
    ...Object.fromEntries(Object.entries(spec.env ?? {}).map(([name, value]) => [name, String(value)])),
    FORCE_COLOR: '0',
    CI: '1',
    TMPDIR: temporary,
    GONOGO_REPORT_MARK: mark,
  };
};

const configFor = async (
  spec: Spec,
  files: readonly string[],
  context: ProbeContext,
  work: string,
  secret: boolean,
) => {
  if (spec.config !== undefined) return resolve(context.folder, spec.config);
  const browser = await findBrowser(context.environment);
  const path = join(work, 'smoke.config.mjs');
  await writeFile(path, ownConfig({ files, browser, asRoot: getuid?.() === 0, hasSecrets: secret }));
  return path;
};

/** Everything that is needed to run the specs, made in `work`. Throws `CouldNotLook` when something is missing here. */
export const makeOrder = async (spec: Spec, context: ProbeContext, work: string, mark: string): Promise<Order> => {
  const specs = await findSpecs(patternsOf(spec), context.folder);
  const files = [...new Set(specs.flatMap((one) => one.files))];
  const runner = await findRunner(dirname(files[0] ?? context.folder));
  const hasSecrets = holdsSecret(spec, context);
  const config = await configFor(spec, files, context, work, hasSecrets);
  const own = spec.config === undefined;
  return {
    argv: [
      ...[execPath, runner.cli, 'test', ...(own ? [] : files.map(exactly))],
      ...['--config', config, '--reporter', REPORTER, '--output', join(work, 'output')],
      ...['--retries', String(spec.retries ?? 0), '--workers', String(spec.workers ?? 1), '--forbid-only'],
      ...(hasSecrets && !own ? ['--trace', 'off'] : []),
      ...(spec.project === undefined ? [] : ['--project', spec.project]),
      ...(spec.grep === undefined ? [] : ['--grep', spec.grep]),
    ],
    env: await environmentOf(spec, context, work, mark),
    specs,
    pictures: policyFor(spec, runner, hasSecrets),
  };
};
