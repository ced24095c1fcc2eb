import type { X509Certificate } from 'node:crypto';
import { isJsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { TlsFacts } from '../engine/answer.ts';
import { connectionFacts } from '../engine/facts.ts';
import { lookAtEachFamily } from '../engine/family-each.ts';
import { type Destination, reach, type Watch } from '../engine/reach.ts';
import type { TlsRequest } from '../engine/request.ts';
import { secure, type SecureOptions } from '../engine/secure.ts';
import { distinguishedName } from '../engine/tls-judge.ts';
import { connectionOf } from '../engine/trace.ts';
import { parseHostPort } from '../http/host-port.ts';
import { readPemFiles } from '../http/pem-files.ts';
import { unreachableFacts } from '../http/unreachable.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { canonicalHost } from '../tcp/endpoint.ts';
import { watched } from '../tcp/watched.ts';
import { badness, certificateOf, tlsEssence } from './each-family.ts';
import { endpointFromSpec } from './endpoint-from-spec.ts';
import { findDropped } from './dropped.ts';
import type { Spec } from './schema.ts';
import { upgrade } from './starttls/upgrade.ts';
import { defaultRoots, rootsFromPem, verifiedPath } from './verified-path.ts';

const DAY_MS = 86_400_000;

/** Everything that a handshake needs to know. */
type Order = {
  readonly destination: Destination;
  readonly tls: TlsRequest;
  readonly host: string;
  readonly starttls: Spec['starttls'];
  readonly session: NonNullable<SecureOptions['session']>;
};

const MODERN = { ALPNProtocols: undefined, minVersion: 'TLSv1.2' } as const;
/** What a server may speak that is too old for us, only to see it and its certificate. */
const OLD = { ALPNProtocols: undefined, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

const orderFrom = async (spec: Spec, family: Destination['family'], folder: string): Promise<Order> => {
  const reading = endpointFromSpec(spec);
  if (!reading.ok) throw new Error(`${reading.key} ${reading.message}`);
  const { endpoint } = reading;
  const other = spec['connect-to'] === undefined ? null : parseHostPort(spec['connect-to']);
  const {
    ca = null,
    cert = null,
    key = null,
  } = await readPemFiles(
    {
      ...(spec.ca === undefined ? {} : { ca: spec.ca }),
      ...(spec.cert === undefined ? {} : { cert: spec.cert }),
      ...(spec.key === undefined ? {} : { key: spec.key }),
    },
    folder,
  );
  const servername = spec.servername === undefined ? null : canonicalHost(spec.servername);
  return {
    destination: { ...(other ?? endpoint), family, server: spec.resolver ?? null },
    tls: { verify: true, ca, cert, key, servername },
    host: endpoint.host,
    starttls: spec.starttls,
    session: MODERN,
  };
};

const pathFacts = (facts: TlsFacts, presented: readonly X509Certificate[], ca: string | null, now: Date): Facts => {
  const path = facts.verified ? verifiedPath(presented, ca === null ? defaultRoots() : rootsFromPem(ca)) : null;
  return path === null
    ? {}
    : {
        'path-days-left': Math.floor((path.until.getTime() - now.getTime()) / DAY_MS),
        path: path.certificates.map(({ subject }) => distinguishedName(subject)),
      };
};

const handshake = async (order: Order, watch: Watch, context: ProbeContext): Promise<Facts> => {
  const { clock, trace, signal } = watch;
  const { tls, host, session } = order;
  const { socket } = await reach(order.destination, watch);
  clock.enter('tls');
  if (order.starttls !== undefined) await upgrade(order.starttls, socket, trace, context.monotonicMs);
  const secured = await secure(socket, { tls, host, signal, now: context.now, session });
  trace.closers.push(() => secured.socket.destroy());
  trace.tls = secured.facts;
  clock.stop();
  if (secured.facts === null) throw new CouldNotLook('tls-handshake', 'the server presented no certificate');
  const extra = pathFacts(secured.facts, secured.chain, tls.ca, context.now());
  const { connect: connectMs = 0 } = clock.timings();
  const dropped = await findDropped(secured.socket, { connectMs, shown: tls.cert !== null, context });
  if (dropped !== null) throw new CouldNotLook(dropped.code, dropped.message, extra, { cause: dropped });
  return { ...extra, ...connectionFacts(connectionOf(trace), clock.timings()) };
};

/** The engine tells TLS as one fact among others; here it is what the check is about. */
const flat = ({ tls, ...facts }: Facts): Facts => {
  const total = isJsonObject(facts['timings']) ? facts['timings']['total'] : undefined;
  return {
    ...facts,
    ...unreachableFacts([facts]),
    ...(isJsonObject(tls) ? tls : {}),
    ...(total === undefined ? {} : { duration: total }),
  };
};

const TOO_OLD = /^ERR_SSL_.*(?:PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW)$/;

const isTooOld = ({ cause }: CouldNotLook): boolean =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && TOO_OLD.test(cause.code);

/** A server that is too old for one handshake is looked at a second time, with all that is known to be weak. */
const lookOver = async (spec: Spec, family: Destination['family'], context: ProbeContext): Promise<Facts> => {
  const order = await orderFrom(spec, family, context.folder);
  const look = (session: Order['session']): Promise<Facts> =>
    watched(context, (watch) => handshake({ ...order, session }, watch, context)).then(flat);
  try {
    return await look(MODERN);
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    const old = isTooOld(error) ? await look(OLD).catch(() => null) : null;
    if (old !== null) return old;
    throw new CouldNotLook(error.code, error.message, flat(error.facts), { cause: error });
  }
};

/** Makes one handshake, or one over each family that the name has. */
export const look: Look<Spec> = (spec, context) => {
  const { family = 'any' } = spec;
  if (family !== 'each') return lookOver(spec, family, context);
  return lookAtEachFamily((one) => lookOver(spec, one, context), tlsEssence, { beside: certificateOf, badness });
};
