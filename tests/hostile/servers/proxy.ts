import { asked, cannotTell, fails, passes, type Behaviour, type Expected, type Target } from '../behaviour.ts';
import type { Act } from '../stage.ts';
import { healthy, whole } from './wire.ts';

/** A check that goes through a proxy which acts so. The origin is a name that nobody here can resolve. */
const through = (
  name: string,
  never: Behaviour['healthy'],
  expected: Expected,
  act: Act,
  more: Partial<Target> = {},
): Behaviour => ({
  name,
  row: 'H18',
  healthy: never,
  expected,
  open: async (stage) => {
    const port = await stage.tcp(act);
    return {
      url: 'http://origin.invalid/',
      environment: { http_proxy: `http://me:hush@127.0.0.1:${port}`, https_proxy: `http://me:hush@127.0.0.1:${port}` },
      ...more,
    };
  },
});

const overTls: Partial<Target> = { url: 'https://origin.invalid/' };
const broken = (cause: RegExp) =>
  cannotTell('proxy-error', new RegExp(`^the proxy http://127\\.0\\.0\\.1:\\d+ ${cause.source}$`));

/** Proxies of the environment that refuse, speak for the origin, or speak something else (H18). */
export const proxies: readonly Behaviour[] = [
  through('proxy-works', 'may', passes, (socket) => socket.end(healthy), asked),
  through('proxy-407', 'never', broken(/asks for credentials \(407\)/), (socket) =>
    socket.end(whole('', [], 'HTTP/1.1 407 Proxy Authentication Required\r\n')),
  ),
  through(
    'proxy-407-for-tunnel',
    'never',
    broken(/asks for credentials \(407\)/),
    (socket) => socket.end(whole('', [], 'HTTP/1.1 407 Proxy Authentication Required\r\n')),
    overTls,
  ),
  through(
    'proxy-answers-html',
    'never',
    fails('wrong-content-type', /^the body is an HTML page where JSON was expected$/),
    (socket) => socket.end(whole('<!doctype html>Please log in', ['Content-Type: text/html'])),
    asked,
  ),
  through(
    'proxy-html-for-tunnel',
    'never',
    broken(/spoke before the origin could/),
    (socket) => socket.end(whole('<!doctype html>Please log in', ['Content-Type: text/html'])),
    overTls,
  ),
  through(
    'proxy-refuses-tunnel',
    'never',
    broken(/refused the tunnel to origin\.invalid:443: 403 Forbidden/),
    (socket) => socket.end(whole('', [], 'HTTP/1.1 403 Forbidden\r\n')),
    overTls,
  ),
  through(
    'proxy-hangs-up',
    'never',
    broken(/closed the connection: got no byte of a response/),
    (socket) => socket.end(),
    overTls,
  ),
  through(
    'proxy-speaks-ssh',
    'never',
    broken(/did not answer in HTTP: invalid response: not HTTP: first bytes .*/),
    (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
    overTls,
  ),
];
