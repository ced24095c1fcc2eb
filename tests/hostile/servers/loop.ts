import type { JsonObject } from '../../../src/model/json.ts';
import { makeCertificate } from '../../stack/certificates.ts';
import { fails, followed, type Behaviour, type Expected } from '../behaviour.ts';
import type { Act, Stage } from '../stage.ts';
import { acts, whole } from './wire.ts';

const found = (location: string, headers: readonly string[] = []): Uint8Array =>
  whole('', [`Location: ${location}`, ...headers], 'HTTP/1.1 301 Moved Permanently\r\n');

const loop = (shape: RegExp): Expected => fails('redirect-loop', new RegExp(`^redirect loop: .*${shape.source}$`));

const pathOf = (head: string): string => /^GET (\S+)/.exec(head)?.[1] ?? '/';
const hostOf = (head: string): string => /\r\nhost: ([^\r:]+)/i.exec(head)?.[1] ?? '';

/** A loop between two names of one server. */
const betweenNames = (stage: Stage, other: (host: string) => string): Promise<number> => {
  let port = 0;
  const act: Act = (socket, head) => socket.end(found(`http://${other(hostOf(head))}:${port}/`));
  return stage.tcp(act).then((opened) => (port = opened));
};

/** A server that ends TLS and one behind it that does not know: each sends the visitor to the other. */
const schemeLoop = async (stage: Stage): Promise<{ readonly url: string; readonly spec: JsonObject }> => {
  const authority = await stage.authority();
  const { chain, key } = await makeCertificate({ authority, names: ['localhost'] });
  let plain = 0;
  const secure = await stage.tls({ cert: chain, key }, (socket) => socket.end(found(`http://localhost:${plain}/`)));
  plain = await stage.tcp((socket) => socket.end(found(`https://localhost:${secure}/`)));
  return { url: `https://localhost:${secure}/`, spec: { follow: true, tls: { ca: authority.cert } } };
};

/** Redirects that come back to where they were (R1), each with the shape of its cycle. */
export const loops: readonly Behaviour[] = [
  acts(['loop-self', 'R1', 'never'], loop(/\(loop of 1: self\)/), (socket) => socket.end(found('/')), followed),
  acts(
    ['loop-slash', 'R1', 'never'],
    loop(/\/x --301--> \S+\/x\/ --301--> \S+\/x {2}\(loop of 2: slash ping-pong\)/),
    (socket, head) => socket.end(found(pathOf(head) === '/x' ? '/x/' : '/x')),
    followed,
  ),
  acts(
    ['loop-case', 'R1', 'never'],
    loop(/\/a --301--> \S+\/A --301--> \S+\/a {2}\(loop of 2\)/),
    (socket, head) => socket.end(found(pathOf(head) === '/a' ? '/A' : '/a')),
    followed,
  ),
  acts(
    ['loop-of-five', 'R1', 'never'],
    loop(/\(loop of 5\)/),
    (socket, head) => socket.end(found(`/${(Number(pathOf(head).slice(1)) + 1) % 5}`)),
    followed,
  ),
  acts(
    ['loop-with-a-cookie', 'R1', 'never'],
    loop(/\(loop of 2\)/),
    (socket, head) => socket.end(found(pathOf(head) === '/a' ? '/b' : '/a', ['Set-Cookie: sid=1; Path=/'])),
    followed,
  ),
  acts(
    ['loop-with-new-cookies', 'R1', 'never'],
    fails('redirect-limit', /^more than 10 redirects; .*URLs come back, each time with other cookies/),
    (socket) => socket.end(found('/', [`Set-Cookie: visit=${Math.random()}; Path=/`])),
    followed,
  ),
  {
    name: 'loop-two-hosts',
    row: 'R1',
    healthy: 'never',
    expected: loop(/\(loop of 2: cross-host\)/),
    open: async (stage) => {
      const port = await betweenNames(stage, (host) => (host === 'localhost' ? '127.0.0.1' : 'localhost'));
      return { url: `http://localhost:${port}/`, ...followed };
    },
  },
  {
    name: 'loop-www',
    row: 'R1',
    healthy: 'never',
    expected: loop(/\(loop of 2: www ping-pong\)/),
    open: async (stage) => {
      const port = await betweenNames(stage, (host) => (host.startsWith('www.') ? 'localhost' : 'www.localhost'));
      return { url: `http://localhost:${port}/`, ...followed };
    },
  },
  {
    name: 'loop-scheme',
    row: 'R1',
    healthy: 'never',
    expected: loop(/\(loop of 2: scheme ping-pong\)/),
    open: schemeLoop,
  },
  {
    name: 'downgrade',
    row: 'R6',
    healthy: 'may',
    expected: fails('redirect-downgrade', /^a redirect leads from https to http: https:\S+ -> http:\S+/),
    open: async (stage) => {
      const authority = await stage.authority();
      const { chain, key } = await makeCertificate({ authority, names: ['localhost'] });
      const plain = await stage.tcp((socket) => socket.end(whole('ok')));
      const secure = await stage.tls({ cert: chain, key }, (socket) => socket.end(found(`http://localhost:${plain}/`)));
      return { url: `https://localhost:${secure}/`, spec: { follow: true, tls: { ca: authority.cert } } };
    },
  },
];
