/** The statuses that a call can end with, by number (grpc.github.io/grpc/core/md_doc_statuscodes.html). */
const CALL_STATUSES = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS'],
  ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED'],
  ...['INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
];

/** `HealthCheckResponse.ServingStatus` of grpc.health.v1, by number. */
const SERVING_STATUSES = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];

const LONGEST_MESSAGE = 500;

/** `NOT_FOUND (5)`, or `status 17` for one that nobody has defined. */
export const callStatusName = (status: number): string => {
  const name = CALL_STATUSES[status];
  return name === undefined ? `status ${status}` : `${name} (${status})`;
};

/** `SERVING`, or the number as text for a value that the protocol does not define. */
export const servingStatusName = (value: bigint): string =>
  (value >= 0n && value < 100n ? SERVING_STATUSES[Number(value)] : undefined) ?? String(value);

/** Whether a serving status is one that the protocol defines. */
export const isServingStatus = (name: string): boolean => SERVING_STATUSES.includes(name);

/** A `grpc-status` field: decimal digits and nothing else; null otherwise. */
export const readCallStatus = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);

/**
 * A `grpc-message` field, percent-decoded as UTF-8 and cut. What does not decode is kept as it came: the text is for
 * people, and the protocol forbids to drop it.
 */
export const readCallMessage = (text: string): string => {
  const bytes = Buffer.from(
    text
      .slice(0, 3 * LONGEST_MESSAGE)
      .replaceAll(/%([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    'latin1',
  );
  return bytes.toString('utf8').slice(0, LONGEST_MESSAGE).toWellFormed();
};

/** Whether a content-type is one of gRPC; `application/grpc-web` is another protocol. */
export const isGrpcType = (type: string): boolean => /^application\/grpc(?:[+;]|$)/i.test(type);
