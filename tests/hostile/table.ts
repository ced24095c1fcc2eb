import type { Behaviour } from './behaviour.ts';
import { body } from './servers/body.ts';
import { coding } from './servers/coding.ts';
import { dns } from './servers/dns.ts';
import { framing } from './servers/framing.ts';
import { handshakes } from './servers/handshake.ts';
import { head } from './servers/head.ts';
import { http2Floods } from './servers/http2-floods.ts';
import { http2 } from './servers/http2.ts';
import { jsonBodies } from './servers/json.ts';
import { loops } from './servers/loop.ts';
import { proxies } from './servers/proxy.ts';
import { redirect } from './servers/redirect.ts';
import { start } from './servers/start-line.ts';
import { timing } from './servers/timing.ts';
import { certificates } from './servers/tls.ts';

/** Every hostile behaviour there is a server for, by family. */
export const families: { readonly [family: string]: readonly Behaviour[] } = {
  timing,
  start,
  head,
  framing,
  coding,
  body,
  json: jsonBodies,
  http2: [...http2, ...http2Floods],
  redirect,
  loops,
  proxies,
  dns,
  certificates,
  handshakes,
};

export const behaviours: readonly Behaviour[] = Object.values(families).flat();
