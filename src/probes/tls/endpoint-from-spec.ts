import { type EndpointReading, readEndpoint } from '../tcp/endpoint.ts';
import type { Spec } from './schema.ts';

const PORTS = { smtp: 25, imap: 143, pop3: 110, ftp: 21, postgres: 5432 } as const;

/** The host and port that a spec names; the port is that of the protocol unless it is written. */
export const endpointFromSpec = (spec: Pick<Spec, 'host' | 'port' | 'starttls'>): EndpointReading =>
  readEndpoint(spec.host, spec.port, spec.starttls === undefined ? 443 : PORTS[spec.starttls]);
