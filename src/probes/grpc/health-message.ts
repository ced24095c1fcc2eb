import { readMessage, textMessage } from './protobuf.ts';
import { servingStatusName } from './status.ts';

const SERVICE_FIELD = 1;
const STATUS_FIELD = 1;

export type ServingReading =
  { readonly ok: true; readonly status: string } | { readonly ok: false; readonly problem: string };

/** A HealthCheckRequest of grpc.health.v1. */
export const healthCheckRequest = (service: string): Uint8Array => textMessage(SERVICE_FIELD, service);

/**
 * The status of a HealthCheckResponse by its name. Without the field it is UNKNOWN, as proto3 has it. One that comes
 * twice with different values is refused, although protobuf lets the last one win: a server that says both is not sure.
 */
export const readServingStatus = (message: Uint8Array): ServingReading => {
  const reading = readMessage(message);
  if (!reading.ok) return reading;
  const values = reading.fields.flatMap(({ number, value }) =>
    number === STATUS_FIELD && typeof value === 'bigint' ? [value] : [],
  );
  const names = [...new Set(values)].map(servingStatusName);
  if (names.length > 1) return { ok: false, problem: `the status twice: ${names.slice(0, 4).join(' and ')}` };
  return { ok: true, status: names[0] ?? servingStatusName(0n) };
};
