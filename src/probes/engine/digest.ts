import { createHash, randomBytes } from 'node:crypto';

/** Digest access authentication (RFC 7616), with the algorithms that servers offer. */
export type DigestCredentials = { readonly username: string; readonly password: string };

/** One challenge of a `WWW-Authenticate` field: its scheme in lower case, and its parameters. */
export type Challenge = { readonly scheme: string; readonly parameters: ReadonlyMap<string, string> };

/** The best first. */
const ALGORITHMS: readonly (readonly [name: string, hash: string])[] = [
  ['sha-512-256', 'sha512-256'],
  ['sha-256', 'sha256'],
  ['md5', 'md5'],
];

const TOKEN = String.raw`[!#$%&'*+\-.^_\`|~0-9A-Za-z]+`;
const PARAMETER = new RegExp(String.raw`^(${TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(${TOKEN}))`);
const SCHEME = new RegExp(String.raw`^(${TOKEN})(?:\s+|$|(?=,))`);

/** Reads the challenges of a field; what cannot be read ends the reading. */
export const parseChallenges = (field: string): readonly Challenge[] => {
  const challenges: { readonly scheme: string; readonly parameters: Map<string, string> }[] = [];
  let rest = field.replace(/^[\s,]+/, '');
  while (rest !== '') {
    const parameter = PARAMETER.exec(rest);
    const current = challenges.at(-1);
    const scheme = parameter === null ? SCHEME.exec(rest) : null;
    if (parameter !== null && current !== undefined) {
      const [, name = '', quoted, plain] = parameter;
      current.parameters.set(
        name.toLowerCase(),
        quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1'),
      );
    } else if (scheme !== null) challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: new Map() });
    else break;
    rest = rest.slice((parameter ?? scheme)?.[0].length ?? rest.length).replace(/^[\s,]+/, '');
  }
  return challenges;
};

/** What is asked for: the request line, and the body for `auth-int`. */
export type DigestRequest = { readonly method: string; readonly uri: string; readonly body: Uint8Array | null };

type Hash = (value: string | Uint8Array) => string;

type Choice = { readonly hash: Hash; readonly session: boolean; readonly parameters: Challenge['parameters'] };

const choose = (fields: readonly string[]): Choice | null => {
  const offered = fields.flatMap(parseChallenges).filter(({ scheme }) => scheme === 'digest');
  for (const [name, hash] of ALGORITHMS) {
    for (const { parameters } of offered) {
      const wanted = (parameters.get('algorithm') ?? 'MD5').toLowerCase();
      if (wanted.replace(/-sess$/, '') !== name || !parameters.has('nonce')) continue;
      const digest: Hash = (value) => createHash(hash).update(value).digest('hex');
      return { hash: digest, session: wanted.endsWith('-sess'), parameters };
    }
  }
  return null;
};

/**
 * The value of `Authorization` that answers a challenge, the one with the strongest algorithm; null when there is none
 * that can be answered. `cnonce` is what the client adds of its own.
 */
export const digestAnswer = (
  { username, password }: DigestCredentials,
  challenges: readonly string[],
  { method, uri, body }: DigestRequest,
  cnonce: string = randomBytes(16).toString('hex'),
): string | null => {
  const choice = choose(challenges);
  if (choice === null) return null;
  const { hash, session, parameters } = choice;
  const of = (name: string): string => parameters.get(name) ?? '';
  const offered = of('qop')
    .toLowerCase()
    .split(/[\s,]+/);
  const qop = offered.includes('auth') ? 'auth' : offered.includes('auth-int') ? 'auth-int' : null;
  if (qop === null && parameters.has('qop')) return null;
  const secret = hash(`${username}:${of('realm')}:${password}`);
  const a1 = session ? hash(`${secret}:${of('nonce')}:${cnonce}`) : secret;
  const a2 = hash(`${method}:${uri}${qop === 'auth-int' ? `:${hash(body ?? new Uint8Array())}` : ''}`);
  const count = '00000001';
  const response =
    qop === null ? hash(`${a1}:${of('nonce')}:${a2}`) : hash(`${a1}:${of('nonce')}:${count}:${cnonce}:${qop}:${a2}`);
  const isHashed = of('userhash').toLowerCase() === 'true';
  const fields = [
    nameOf(isHashed ? hash(`${username}:${of('realm')}`) : username),
    `realm=${quoted(of('realm'))}`,
    `uri=${quoted(uri)}`,
    ...(parameters.has('algorithm') ? [`algorithm=${of('algorithm')}`] : []),
    `nonce=${quoted(of('nonce'))}`,
    ...(qop === null ? [] : [`nc=${count}`, `cnonce=${quoted(cnonce)}`, `qop=${qop}`]),
    `response=${quoted(response)}`,
    ...(parameters.has('opaque') ? [`opaque=${quoted(of('opaque'))}`] : []),
    ...(isHashed ? ['userhash=true'] : []),
  ];
  return `Digest ${fields.join(', ')}`;
};

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** A name that is not plain ASCII is sent as RFC 8187 says. */
const nameOf = (name: string): string =>
  /^[\u0020-\u007e]*$/.test(name)
    ? `username=${quoted(name)}`
    : `username*=UTF-8''${encodeURIComponent(name).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
