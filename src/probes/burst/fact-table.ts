import type { FactTable } from '../../model/fact.ts';
import { connectionFactTable } from '../http/fact-table.ts';

const { addresses: _addresses, ...connection } = connectionFactTable;

/** What a burst shows. Everything is counted over the burst itself, without the request that looks for recovery. */
export const burstFactTable: FactTable = {
  method: { type: 'string', description: 'method of the requests, in upper case' },
  sent: { type: 'number', description: 'requests that were sent; fewer than `requests` once the limit was found' },
  answered: { type: 'number', description: 'how many of them were answered' },
  'ended-by': {
    type: 'string',
    description:
      'why no more were sent: `limit` (found), `requests` (all sent), `time` (of `within`), `server-errors` or `failures` (the service breaks)',
  },
  'statuses.*': { type: 'number', description: 'answers with that status, as `statuses.429`; absent for none' },
  limited: { type: 'number', description: 'answers with 429', code: 'rate-limit-absent' },
  'first-limited-at': {
    type: 'number',
    description: 'number of the first request that was limited, from 1 in the order of sending; absent for none',
    code: 'rate-limit-absent',
  },
  'retry-after': {
    type: 'duration',
    description: 'the longest wait that the limited answers ask for; absent unless every one of them asks for one',
    code: 'retry-after-missing',
  },
  'retry-after-problem': {
    type: 'string',
    description: 'why there is no `retry-after` although something was limited',
  },
  'rate-limit-headers': { type: 'list', description: 'names of the headers that tell a limit, in lower case' },
  'rate-limit.limit': { type: 'number', description: 'requests that a window allows, as the headers tell' },
  'rate-limit.window': { type: 'duration', description: 'length of the window, as the headers tell' },
  'rate-limit.remaining': { type: 'number', description: 'requests that are left, as the first limited answer tells' },
  'rate-limit.reset': {
    type: 'duration',
    description: 'time until more are allowed, as the first limited answer tells',
  },
  'rate-limit.policy': { type: 'string', description: '`RateLimit-Policy` as it was sent' },
  'rate-limit.flaws': { type: 'list', description: 'where these headers contradict themselves or what happened' },
  'server-errors': { type: 'number', description: 'answers with a status from 500 to 599', code: 'http-5xx' },
  failures: {
    type: 'list',
    description: 'requests without an answer, the first ten, each with `number`, `code` and `message`',
    code: 'connect-reset',
  },
  recovered: {
    type: 'boolean',
    description: 'whether the service answered as usual again in time; absent when nothing was limited',
  },
  'recovered-after': {
    type: 'duration',
    description: 'from the last answer of the burst to the one that was as usual again; absent without one',
    code: 'slow',
  },
  'recovery-asked': {
    type: 'duration',
    description: 'the wait that the answers asked for, from the end of the burst; absent when they do not tell',
  },
  'recovery-waited': { type: 'duration', description: 'the wait before the request that looked for recovery' },
  'recovery-status': { type: 'status', description: 'status of that request; absent when it was not answered or sent' },
  'recovery-failure': { type: 'object', description: 'why that request was not answered: `code` and `message`' },
  'latency.p50': { type: 'duration', description: 'half of the answers were as fast as this', code: 'slow' },
  'latency.p95': { type: 'duration', description: '95 of 100 answers were as fast as this', code: 'slow' },
  'latency.max': { type: 'duration', description: 'the slowest answer', code: 'slow' },
  duration: { type: 'duration', description: 'from the first request of the burst to its last answer', code: 'slow' },
  ...connection,
};
