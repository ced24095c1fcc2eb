import type { FactTable } from '../../model/fact.ts';
import { familyFactTable } from '../http/family-facts.ts';
import { connectionFactTable } from '../http/fact-table.ts';

const { 'remote-address': _remote, proxy: _proxy, ...connection } = connectionFactTable;

/** What a TCP connection shows. */
export const tcpFactTable: FactTable = {
  connected: { type: 'boolean', description: 'whether a connection could be made' },
  error: { type: 'string', description: 'why no connection could be made; absent when one was' },
  address: { type: 'string', description: 'address of the peer that answered' },
  banner: {
    type: 'string',
    description: 'the first 4 KiB that came back, as visible text; absent when the check reads nothing',
  },
  size: { type: 'bytes', description: 'how much came back; absent when the check reads nothing' },
  found: { type: 'boolean', description: 'whether the text of `read` came back; absent without such a text' },
  duration: { type: 'duration', description: 'from the look-up of the name to the end of what was read', code: 'slow' },
  'timings.*': {
    type: 'duration',
    description: '`dns connect tls request wait transfer other total`; absent when not reached',
    code: 'slow',
  },
  ...familyFactTable,
  ...connection,
};
