import type { Layer } from '../../model/layer.ts';
import { shownArgv } from '../command/argv.ts';
import { isSensitiveName, shownReference } from '../engine/redirect-shown-url.ts';
import { portOf } from '../http/address.ts';
import type { Spec } from './schema.ts';

const parsedUrl = ({ url }: Spec): URL | null => (url === undefined ? null : URL.parse(url));

const isAddress = (url: URL): boolean => url.hostname.startsWith('[') || /^[\d.]+$/.test(url.hostname);

/** The endpoint or the program, the tool that is called and the questions that it is asked; free of secrets. */
export const target = (spec: Spec): string => {
  const { url, command, tool, golden } = spec;
  const address = command === undefined ? shownReference(url ?? '') : shownArgv({ argv: [...command] });
  if (tool === undefined) return address;
  return golden === undefined ? `${address} (tool ${tool})` : `${address} (tool ${tool}, questions of ${golden.file})`;
};

/** `host:port` of the endpoint; null for a program. */
export const host = (spec: Spec): string | null => {
  const url = parsedUrl(spec);
  return url === null ? null : `${url.hostname}:${portOf(url)}`;
};

/** What a look passes: a program has no network and no credentials to be asked for. */
export const layers = (spec: Spec): readonly Layer[] => {
  const url = parsedUrl(spec);
  const network: readonly Layer[] = [
    ...(url !== null && isAddress(url) ? [] : (['dns'] as const)),
    'tcp',
    ...(url?.protocol === 'https:' ? (['tls'] as const) : []),
    'http',
  ];
  return [
    ...(spec.command === undefined ? network : []),
    'protocol',
    ...(spec.command === undefined ? (['auth'] as const) : []),
    'tool-list',
    ...(spec.tool === undefined ? [] : (['schema', 'content', 'freshness', 'quality'] as const)),
  ];
};

const settings = ({ tool, arguments: given, cwd, env }: Spec): readonly (readonly [key: string, value: unknown])[] => [
  ...(tool === undefined ? [] : [['tool', tool] as const]),
  ...(given === undefined ? [] : [['arguments', JSON.stringify(given)] as const]),
  ...(cwd === undefined ? [] : [['cwd', cwd] as const]),
  ...(env === undefined ? [] : [['env', JSON.stringify(withoutSecrets(env))] as const]),
];

const withoutSecrets = (env: NonNullable<Spec['env']>): NonNullable<Spec['env']> =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, isSensitiveName(name) ? '***' : value]));

/** The same look for a person; values of sensitive names are left out. */
export const tryCommand = (spec: Spec): readonly string[] => {
  const set = settings(spec).flatMap(([key, value]) => ['--set', `${key}=${String(value)}`]);
  return spec.command === undefined
    ? ['gonogo', 'probe', 'mcp', shownReference(spec.url ?? ''), ...set]
    : ['gonogo', 'probe', 'mcp', ...set, '--', ...spec.command];
};
