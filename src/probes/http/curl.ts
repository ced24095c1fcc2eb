import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { isSensitiveName, shownReference } from '../engine/redirect-shown-url.ts';
import { httpTarget } from './address.ts';
import { DEFAULT_MAX_REDIRECTS, methodOf } from './policy.ts';
import type { Spec } from './schema.ts';

const HIDDEN = '***';

const masked = (value: unknown, name: string): Json => {
  if (isSensitiveName(name)) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => masked(item, ''));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, key)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

const header = (name: string, value: string): readonly string[] => ['-H', `${name}: ${value}`];

const partArguments = ([name, field]: readonly [string, unknown]): readonly string[] => {
  const shown = masked(field, name);
  if (!isJsonObject(shown)) return ['--form-string', `${name}=${String(shown)}`];
  const type = typeof shown['type'] === 'string' ? `;type=${shown['type']}` : '';
  return ['-F', `${name}=@${String(shown['file'])}${type}`];
};

const bodyArguments = (spec: Spec): readonly string[] => {
  if (spec.json !== undefined) {
    return [...header('content-type', 'application/json'), '--data-raw', JSON.stringify(masked(spec.json, ''))];
  }
  if (spec.form !== undefined) {
    return Object.entries(spec.form).flatMap(([name, value]) => [
      '--data-urlencode',
      `${name}=${isSensitiveName(name) ? HIDDEN : value}`,
    ]);
  }
  if (spec.multipart !== undefined) return Object.entries(spec.multipart).flatMap(partArguments);
  return spec.body === undefined ? [] : ['--data-raw', HIDDEN];
};

const http2Arguments = ({ http2, url }: Spec): readonly string[] => {
  if (http2 !== true) return [];
  return [/^https:/i.test(url) ? '--http2' : '--http2-prior-knowledge'];
};

const connectionArguments = (spec: Spec): readonly string[] => [
  ...http2Arguments(spec),
  ...(spec['connect-to'] === undefined ? [] : ['--connect-to', `::${spec['connect-to']}`]),
  ...(spec.proxy === false ? ['--noproxy', '*'] : []),
  ...(typeof spec.proxy === 'string' ? ['--proxy', shownReference(spec.proxy)] : []),
  ...(spec.family === 4 ? ['-4'] : spec.family === 6 ? ['-6'] : []),
];

/** A PEM text would not fit on a line and a key is a secret: only paths are shown. */
const fileArgument = (flag: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [flag, value.includes('-----BEGIN') ? `${flag.slice(2)}.pem` : value];

const tlsArguments = ({ tls }: Spec): readonly string[] => [
  ...(tls?.verify === false ? ['-k'] : []),
  ...fileArgument('--cacert', tls?.ca),
  ...fileArgument('--cert', tls?.cert),
  ...fileArgument('--key', tls?.key),
];

const followArguments = (spec: Spec): readonly string[] => {
  if (spec.follow === undefined || spec.follow === false) return [];
  const max = spec.follow === true ? DEFAULT_MAX_REDIRECTS : (spec.follow.max ?? DEFAULT_MAX_REDIRECTS);
  return ['-L', '--max-redirs', String(max)];
};

const methodArguments = (spec: Spec): readonly string[] => {
  const method = methodOf(spec);
  if (method === 'HEAD') return ['-I'];
  return method === 'GET' ? [] : ['-X', method];
};

const authArguments = ({ auth }: Spec): readonly string[] => {
  if (auth === undefined) return [];
  return 'digest' in auth ? ['--digest', '-u', `${auth.digest.username}:${HIDDEN}`] : header('Authorization', HIDDEN);
};

/** The same request as a `curl` argument list, with what looks like a secret replaced by `***`. */
export const curlCommand = (spec: Spec): readonly string[] => [
  'curl',
  '-sS',
  '-i',
  ...methodArguments(spec),
  ...Object.entries(spec.headers ?? {}).flatMap(([name, value]) =>
    header(name, isSensitiveName(name) ? HIDDEN : String(value)),
  ),
  ...authArguments(spec),
  ...bodyArguments(spec),
  ...followArguments(spec),
  ...tlsArguments(spec),
  ...connectionArguments(spec),
  httpTarget(spec),
];
