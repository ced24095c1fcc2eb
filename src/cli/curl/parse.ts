import { UsageError } from '../../model/fault.ts';
import { closest } from '../../model/suggest.ts';

/** What a curl command asks for. */
export type CurlRequest = {
  readonly url: string;
  /** Null for the one that goes with the body. */
  readonly method: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Parts of the body, as curl joins them. */
  readonly data: readonly string[];
  readonly json: boolean;
  readonly form: readonly string[];
  /** `-G`: the data goes into the query. */
  readonly get: boolean;
  readonly user: string | null;
  readonly bearer: string | null;
  readonly cookie: string | null;
  readonly insecure: boolean;
  readonly digest: boolean;
  readonly follow: boolean;
  readonly maxRedirects: string | null;
  readonly maxTime: string | null;
  readonly proxy: string | null;
  readonly ca: string | null;
  readonly http2: boolean;
};

/** Long names of options that take a value, by their short ones. */
const VALUES: { readonly [option: string]: string } = {
  ...{ X: 'request', H: 'header', d: 'data', F: 'form', b: 'cookie', u: 'user', A: 'user-agent', e: 'referer' },
  ...{ m: 'max-time', x: 'proxy', o: 'output', w: 'write-out' },
};

const TAKING: ReadonlySet<string> = new Set([
  ...Object.values(VALUES),
  ...[
    'data-raw',
    'data-ascii',
    'data-binary',
    'data-urlencode',
    'json',
    'url',
    'max-redirs',
    'cacert',
    'oauth2-bearer',
  ],
  ...['connect-timeout', 'retry', 'retry-delay', 'retry-max-time'],
]);

const SWITCHES: { readonly [option: string]: string } = {
  ...{ k: 'insecure', L: 'location', G: 'get', I: 'head', s: 'silent', S: 'show-error', v: 'verbose', i: 'include' },
  ...{ f: 'fail', N: 'no-buffer', g: 'globoff' },
};

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(SWITCHES),
  ...[
    'compressed',
    'basic',
    'digest',
    'http1.1',
    'http2',
    'http2-prior-knowledge',
    'fail-with-body',
    'no-progress-meter',
  ],
]);

type Option = readonly [name: string, value: string];

/** Reads the words of a curl command. Throws `UsageError` for what would be lost: an option that means something else here. */
export const parseCurl = (words: readonly string[]): CurlRequest => {
  const [program, ...rest] = words;
  if (program === undefined || !/(^|[\\/])curl(\.exe)?$/.test(program)) {
    throw new UsageError('this is no curl command', "for example --curl 'curl https://example.com/health'");
  }
  const { options, plain } = readOptions(rest);
  const all = (...names: readonly string[]): readonly string[] =>
    options.filter(([name]) => names.includes(name)).map(([, value]) => value);
  const last = (name: string): string | null => all(name).at(-1) ?? null;
  const has = (name: string): boolean => options.some(([one]) => one === name);
  const [url, second] = [...plain, ...all('url')];
  if (url === undefined) throw new UsageError('the curl command has no URL');
  if (second !== undefined) throw new UsageError('the curl command has two URLs', 'make a scenario of each');
  const named = (name: string, option: string): readonly Option[] => all(option).map((value) => [name, value]);
  return {
    url: /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`,
    method: last('request') ?? (has('head') ? 'HEAD' : null),
    headers: [...all('header').map(readHeader), ...named('User-Agent', 'user-agent'), ...named('Referer', 'referer')],
    data: options.flatMap(readData),
    json: has('json'),
    form: all('form'),
    get: has('get'),
    user: last('user'),
    bearer: last('oauth2-bearer'),
    cookie: cookieOf(last('cookie')),
    insecure: has('insecure'),
    digest: has('digest'),
    follow: has('location'),
    maxRedirects: last('max-redirs'),
    maxTime: last('max-time'),
    proxy: last('proxy'),
    ca: last('cacert'),
    http2: has('http2') || has('http2-prior-knowledge'),
  };
};

const readOptions = (
  words: readonly string[],
): { readonly options: readonly Option[]; readonly plain: readonly string[] } => {
  const options: Option[] = [];
  const plain: string[] = [];
  const queue = [...words];
  const valueOf = (name: string, glued: string | null): string => {
    const value = glued ?? queue.shift();
    if (value === undefined) throw new UsageError(`curl's ${name} has no value`);
    return value;
  };
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') plain.push(...queue.splice(0));
    else if (word.startsWith('--')) {
      const name = word.slice(2);
      if (TAKING.has(name)) options.push([name, valueOf(word, null)]);
      else if (KNOWN.has(name)) options.push([name, '']);
      else throw notUnderstood(word);
    } else if (word.startsWith('-') && word.length > 1) readShort(word.slice(1), options, valueOf);
    else plain.push(word);
  }
  return { options, plain };
};

/** `-sSLX POST`, `-XPOST`: switches first, and the rest of the word is the value. */
const readShort = (
  letters: string,
  options: Option[],
  valueOf: (name: string, glued: string | null) => string,
): void => {
  for (const [at, letter] of [...letters].entries()) {
    const taking = VALUES[letter];
    const known = SWITCHES[letter];
    if (taking === undefined && known === undefined) throw notUnderstood(`-${letter}`);
    if (taking === undefined) {
      options.push([known ?? '', '']);
      continue;
    }
    const glued = letters.slice(at + 1);
    options.push([taking, valueOf(`-${letter}`, glued === '' ? null : glued)]);
    return;
  }
};

const notUnderstood = (option: string): UsageError => {
  const near = closest(option.replace(/^-+/, ''), [...TAKING, ...KNOWN]);
  const hint = near === null ? 'take it out where it does not matter' : `did you mean --${near}?`;
  return new UsageError(`curl's ${option} is not understood here`, hint);
};

const readHeader = (text: string): Option => {
  const colon = text.indexOf(':');
  if (text.startsWith('@')) throw ofAFile('-H', text);
  if (colon < 1) throw new UsageError(`"${text}" is no header`, "for example -H 'Accept: application/json'");
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
};

const readData = ([name, value]: Option): readonly string[] => {
  if (name === 'data-raw') return [value];
  if (!['data', 'data-ascii', 'data-binary', 'data-urlencode', 'json'].includes(name)) return [];
  if (value.startsWith('@') || (name === 'data-urlencode' && /^[^=]*@/.test(value))) throw ofAFile(`--${name}`, value);
  if (name !== 'data-urlencode') return [value];
  const equals = value.indexOf('=');
  const encoded = encodeURIComponent(value.slice(equals + 1)).replaceAll('%20', '+');
  return [equals > 0 ? `${value.slice(0, equals)}=${encoded}` : encoded];
};

const cookieOf = (value: string | null): string | null => {
  if (value === null || value.includes('=')) return value;
  throw ofAFile('-b', value);
};

const ofAFile = (option: string, value: string): UsageError =>
  new UsageError(`curl's ${option} reads a file here: ${value}`, 'write what is in it into the command');
