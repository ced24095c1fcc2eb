import type { FactTable } from '../../model/fact.ts';

/** What the answer to a DNS query shows. */
export const dnsFactTable: FactTable = {
  rcode: { type: 'string', description: 'response code, as `NOERROR`, `NXDOMAIN` or `SERVFAIL`' },
  records: {
    type: 'list',
    description: 'the records of the asked type as texts, at the end of the aliases, each once',
    code: 'dns-mismatch',
  },
  count: { type: 'number', description: 'how many records there are', code: 'dns-no-records' },
  ttl: { type: 'duration', description: 'the smallest time to live on the way; absent when there is no record' },
  authoritative: { type: 'boolean', description: 'whether the server answers for the zone itself' },
  cname: { type: 'list', description: 'names that aliases lead to, in order; absent without aliases' },
  'cname-loop': {
    type: 'string',
    description: 'the circle that aliases run in; absent when there is none',
    code: 'dns-cname-loop',
  },
  missing: {
    type: 'list',
    description: 'records of `expected` that are not there; absent without `expected`',
    code: 'dns-mismatch',
  },
  unexpected: {
    type: 'list',
    description: 'records beyond `expected: { exact }`; absent without `expected`',
    code: 'dns-mismatch',
  },
  server: { type: 'string', description: 'the name server that answered, as address:port' },
  transport: { type: 'string', description: '`udp`, or `tcp` when the answer did not fit' },
  duration: { type: 'duration', description: 'from the first query to the answer', code: 'slow' },
};
