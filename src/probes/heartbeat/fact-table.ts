import type { FactTable } from '../../model/fact.ts';
import { httpFactTable } from '../http/fact-table.ts';

/** What a heartbeat shows, beside the facts of `http` when it is asked over HTTP. */
export const heartbeatFactTable: FactTable = {
  ...httpFactTable,
  'last-beat': { type: 'time', description: 'when the last beat was', code: 'heartbeat-missed' },
  age: {
    type: 'duration',
    description: 'how long ago the last beat was; absent when it lies more than a minute in the future',
    code: 'heartbeat-missed',
  },
  ahead: {
    type: 'duration',
    description: 'how far the last beat lies in the future; absent when it does not, or by at most a minute',
  },
  missed: {
    type: 'number',
    description: 'beats that were due since the last one, grace included; absent when the last one lies in the future',
    code: 'heartbeat-missed',
  },
  beats: { type: 'number', description: 'beats that were seen' },
  uptime: {
    type: 'ratio',
    description: 'share of the window in which the check of `uptime-of` was good; absent when too little is known',
    code: 'uptime-low',
  },
  'uptime-problem': { type: 'string', description: 'why there is no `uptime`; absent when there is' },
};
