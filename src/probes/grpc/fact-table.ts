import type { FactTable } from '../../model/fact.ts';
import { connectionFactTable } from '../http/fact-table.ts';
import { familyFactTable } from '../http/family-facts.ts';

const { 'remote-address': _remote, ...connection } = connectionFactTable;
const { unreachable } = familyFactTable;

/** What a call of `grpc.health.v1.Health/Check` shows. */
export const grpcFactTable: FactTable = {
  'health.status': {
    type: 'string',
    description:
      '`SERVING`, `NOT_SERVING`, `UNKNOWN`, `SERVICE_UNKNOWN`, or the number that came; absent unless the call ended with status 0',
    code: 'health-fail',
  },
  service: { type: 'string', description: 'the service that was asked about; empty for the server as a whole' },
  'grpc-status': { type: 'number', description: 'how the call ended: 0 is OK, 5 NOT_FOUND, 12 UNIMPLEMENTED, ...' },
  'grpc-message': { type: 'string', description: 'what the server says about a status other than 0; often absent' },
  status: { type: 'status', description: 'HTTP status; 200 for every answer that is one of gRPC' },
  'content-type': { type: 'string', description: 'type of the answer; starts with `application/grpc` in gRPC' },
  duration: { type: 'duration', description: 'from the look-up of the name to the end of the call', code: 'slow' },
  'timings.*': {
    type: 'duration',
    description: '`dns connect tls request wait transfer other total`; absent when not reached',
    code: 'slow',
  },
  address: { type: 'string', description: 'address of the peer that answered' },
  ...(unreachable === undefined ? {} : { unreachable }),
  ...connection,
};
