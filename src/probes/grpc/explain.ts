import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { printable } from '../engine/printable.ts';
import { addressSigns } from '../http/family-facts.ts';
import { tlsSigns } from '../http/signs.ts';
import { statusCode } from '../http/status-code.ts';
import { callStatusName, isGrpcType, isServingStatus } from './status.ts';

const SHOWN = 120;

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const signs = (code: ReasonCode, facts: readonly string[], message: string): readonly Sign[] =>
  facts.map((fact) => ({ code, fact, message }));

const CODES: ReadonlyMap<number, ReasonCode> = new Map([
  [4, 'timeout'],
  [5, 'component-missing'],
  [7, 'auth-forbidden'],
  [8, 'rate-limited'],
  [12, 'health-unrecognised'],
  [16, 'auth-required'],
]);

const whom = (service: string): string =>
  service === '' ? 'the server as a whole' : `the service ${printable(service, SHOWN)}`;

const callSentence = (status: number, service: string): string => {
  const name = callStatusName(status);
  if (status === 4) return `the server did not answer the call in time: ${name}`;
  if (status === 5) return `the server does not know ${whom(service)}: ${name}`;
  if (status === 7) return `the server refuses access: ${name}`;
  if (status === 8) return `the server takes no more calls from us: ${name}`;
  if (status === 12) return `the server speaks gRPC but has no health service (grpc.health.v1.Health): ${name}`;
  if (status === 16) return `the server asks for credentials: ${name}`;
  return `the call failed: ${name}`;
};

const endedSigns = (facts: Facts, status: number): readonly Sign[] => {
  const said = text(facts['grpc-message']);
  const message = `${callSentence(status, text(facts['service']))}${said === '' ? '' : `, "${printable(said, SHOWN)}"`}`;
  return signs(CODES.get(status) ?? 'health-fail', ['health.status', 'grpc-status'], message);
};

/** An answer that is none of gRPC: by its HTTP status, else by its type. */
const strangeSigns = (facts: Facts, status: number): readonly Sign[] => {
  const type = text(facts['content-type']);
  const shown = type === '' ? 'no content-type' : printable(type, 60);
  const asked = ['health.status', 'grpc-status'];
  if (status !== 200) {
    const message = `the server answers with HTTP status ${status} (${shown}), where gRPC always has 200`;
    return signs(statusCode(status), [...asked, 'status'], message);
  }
  if (facts['grpc-status'] !== undefined || isGrpcType(type)) return [];
  const message = `the server answers HTTP 200 with ${shown}, which is not gRPC`;
  return signs('wrong-content-type', [...asked, 'content-type'], message);
};

const servingSigns = (status: string, service: string): readonly Sign[] => {
  const fact = ['health.status'];
  if (status === 'SERVING') return [];
  if (status === 'SERVICE_UNKNOWN') {
    return signs('component-missing', fact, `the server does not know ${whom(service)}: it answers SERVICE_UNKNOWN`);
  }
  if (!isServingStatus(status)) {
    const message = `the status is ${printable(status, 30)}, a number that the health protocol does not define`;
    return signs('health-unrecognised', fact, message);
  }
  return signs('health-fail', fact, `${whom(service)} is ${status}`);
};

/** The conditions that a health call can show. Pure. */
export const explainGrpc = (facts: Facts): readonly Sign[] => {
  const { health, status, 'grpc-status': ended } = facts;
  const serving = isJsonObject(health) ? health['status'] : undefined;
  return [
    ...(typeof status === 'number' ? strangeSigns(facts, status) : []),
    ...(typeof ended === 'number' && ended !== 0 ? endedSigns(facts, ended) : []),
    ...(typeof serving === 'string' ? servingSigns(serving, text(facts['service'])) : []),
    ...tlsSigns(facts),
    ...addressSigns(facts),
  ];
};
