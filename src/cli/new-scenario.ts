import { dump } from 'js-yaml';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import type { LoadPorts } from '../config/ports.ts';
import { UsageError } from '../model/fault.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { observe } from '../probes/observe.ts';
import { makeLoadPorts } from '../shell/config-files.ts';
import { makeRedactor } from '../shell/redactor.ts';
import { expectationsFrom } from './answer-expectations.ts';
import type { CurlSpec } from './curl/to-spec.ts';
import { literal } from './curl/to-spec.ts';
import { makeLookWorlds } from './probe-world.ts';
import type { World } from './world.ts';

/** A scenario to be written: how it is called, and the request that it makes. */
export type Draft = { readonly id: string; readonly file: string; readonly request: CurlSpec; readonly runId: string };

const WHOLE: JsonObject = { status: { exists: true } };

/** `post-api-tasks`, out of a request. */
export const idOf = ({ method, spec }: CurlSpec): string => {
  const url = typeof spec['url'] === 'string' ? spec['url'].replace(/\?.*$/, '') : '';
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return `${method} ${path}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
};

/** Sends the request of a draft once, and writes the scenario that asks for the same answer. Throws `UsageError`. */
export const scenarioFrom = async (draft: Draft, world: World): Promise<string> => {
  const config = await loaded(textOf(draft, WHOLE, {}), draft, world);
  const facts = await send(config, world);
  const { expect, capture } = expectationsFrom(facts);
  const text = `${headOf(draft, facts)}${textOf(draft, expect, capture)}${tailOf(draft, capture)}`;
  await loaded(text, draft, world);
  return text;
};

const textOf = ({ id, request }: Draft, expect: JsonObject, capture: JsonObject): string => {
  const { spec, secrets, method, timeout } = request;
  const step = {
    name: id.replaceAll('-', ' '),
    ...(timeout === null ? {} : { timeout }),
    http: spec,
    expect: literally(expect),
    ...(Object.keys(capture).length === 0 ? {} : { capture }),
  };
  const title = literal(`${method} ${pathOf(spec)} answers as it did`);
  const file = {
    version: 1,
    ...(secrets.size === 0 ? {} : { secrets: [...secrets.keys()] }),
    scenarios: { [id]: { title, steps: [step] } },
  };
  const text = dump(file, { lineWidth: 120, noRefs: true });
  // A secret that stands somewhere else as well is a secret there, too.
  return [...secrets].reduce((all, [name, { value }]) => all.replaceAll(value, () => `\${secret.${name}}`), text);
};

/** What was seen is meant as it stands. */
const literally = (value: Json): Json => {
  if (typeof value === 'string') return literal(value);
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, literally(one)]));
  const items: Json = value;
  return Array.isArray(items) ? items.map((item: Json) => literally(item)) : items;
};

const pathOf = (spec: JsonObject): string => {
  const url = typeof spec['url'] === 'string' ? spec['url'].replace(/\?.*$/, '') : '';
  return URL.canParse(url) ? new URL(url).pathname : url;
};

const headOf = ({ request }: Draft, facts: Facts): string => {
  const status = facts['status'];
  const good = typeof status === 'number' && status >= 200 && status < 300;
  return [
    'Made by gonogo new scenario, with an answer as what is expected: read every line of expect.',
    'What looked as if it may differ from day to day is held by its type alone.',
    ...(good ? [] : [`The answer was ${String(status)}: is that what is wanted?`]),
    ...[...request.secrets].map(([name, { from }]) => `Set ${name} before it is run: ${from}.`),
  ]
    .map((line) => `# ${line}\n`)
    .join('');
};

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request may change something where it goes. */
export const mayChange = ({ method }: CurlSpec): boolean => !SAFE.has(method);

/** What was made has to be taken away again, and only a person knows how. */
const tailOf = ({ request }: Draft, capture: JsonObject): string => {
  if (!mayChange(request) || capture['id'] === undefined) return '';
  const url = typeof request.spec['url'] === 'string' ? request.spec['url'].replace(/[?].*$/, '') : '';
  return [
    '    # What this makes is there until it is taken away again, for example by:',
    '    # cleanup:',
    `    #   - http: { method: DELETE, url: '${url}/\${captured.id}' }`,
  ]
    .join('\n')
    .concat('\n');
};

const loaded = async (text: string, { file, runId, request }: Draft, world: World): Promise<Config> => {
  const values = [...request.secrets].map(([name, { value }]) => [name, value] as const);
  const environment = { ...world.environment, ...Object.fromEntries(values) };
  const readText: LoadPorts['readText'] = async (path) =>
    path === file ? { ok: true, text } : { ok: false, reason: 'does not exist' };
  const ports = { ...makeLoadPorts({ ...world, environment, runId }), readText };
  const read = await loadConfig({ file, environment: null, strict: false }, ports);
  if (read.ok) return read.config;
  const [first] = read.problems;
  const redact = makeRedactor(new Map(values));
  throw new UsageError(`no scenario can be made of it: ${redact(first?.message ?? '')}`, redact(first?.hint ?? null));
};

/** Everything that is seen of the answer, without secrets. */
const send = async (config: Config, world: World): Promise<Facts> => {
  const check = config.scenarios[0]?.steps[0]?.check;
  if (check === undefined) throw new Error('the scenario that was made has no step');
  const redact = makeRedactor(config.secrets);
  const setting = { folder: null, redact, earlier: async () => null, tell: () => {} };
  const look = makeLookWorlds(world, setting)(check, null);
  const observation = await observe({ ...check, asked: [] }, look.world, new AbortController().signal);
  if (observation.state === 'observed') return redact(observation.facts);
  throw new UsageError(`no answer came, and nothing was written: ${redact(observation.message)}`);
};
