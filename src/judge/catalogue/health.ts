import { at } from './entry.ts';

const content = at('content');
const protocol = at('protocol');
const freshness = at('freshness');
const quality = at('quality');

/** Reason codes of health endpoints, heartbeats, streams and limits: what a service tells of itself over time. */
export const health = {
  'health-fail': content.wrong({
    title: 'The service says that it is not healthy',
    meaning: 'The health endpoint reports a failure, of the whole or of a component that is required.',
    advice: 'Start with the component that it names: the rest often only follows from it.',
  }),
  'health-warn': content.wrong({
    title: 'The service says that it is degraded',
    meaning: 'The health endpoint reports a warning: it works, but not as it should.',
    advice: 'Look at the component that it names before it becomes a failure.',
  }),
  'health-contradiction': content.wrong({
    title: 'Health body and HTTP status disagree',
    meaning: 'The body says one thing and the HTTP status another, so one of them is wrong.',
    advice: 'Treat it as not healthy; load balancers only see the status, so correct the endpoint.',
  }),
  'component-contradiction': content.wrong({
    title: 'A component contradicts the total',
    meaning: 'The health endpoint reports success although one of its components fails.',
    advice: 'Look at the component first, then at why it does not count for the total.',
  }),
  'health-stale': freshness.wrong({
    title: 'The health answer is old',
    meaning: 'The answer came from a cache or carries an old time: it tells how things were.',
    advice: 'Exempt the health endpoint from caching (Cache-Control: no-store) and ask again.',
  }),
  'component-missing': content.wrong({
    title: 'A required component is not reported',
    meaning: 'The health endpoint does not mention a component that the check requires.',
    advice: 'Look whether the component is configured in this deployment, and whether its name has changed.',
  }),
  'health-unrecognised': content.wrong({
    title: 'The health answer is in no known format',
    meaning: 'The body of the health endpoint is in none of the formats that can be read.',
    advice: 'Look at the body; if it is right, name its format, or write an http check with expectations of your own.',
  }),
  'wrong-content-type': protocol.wrong({
    title: 'A page came where data was expected',
    meaning: 'The answer is of another type than expected, most often an HTML page in place of JSON.',
    advice: 'Look at the page: a login, an error page of the proxy, or the fallback of a single-page application.',
  }),
  'stream-gap': freshness.wrong({
    title: 'The stream was silent for too long',
    meaning: 'Between two events or heartbeats passed more time than the check allows.',
    advice: 'Look whether the producer stalls or a proxy buffers the stream.',
  }),
  'stream-closed': content.wrong({
    title: 'The stream was closed',
    meaning: 'The server or something in between ended a stream that must stay open.',
    advice: 'Look for idle timeouts of the proxies in between, then at the log of the service.',
  }),
  'rate-limit-absent': content.wrong({
    title: 'Nothing limits the rate',
    meaning: 'A burst of requests was answered without a single 429.',
    advice: 'Look whether the limiter is switched on for this path and counts over all instances.',
  }),
  'retry-after-missing': content.wrong({
    title: 'A limit without Retry-After',
    meaning: 'The server answered 429 without telling when to come back.',
    advice: 'Let the limiter send Retry-After, so that clients do not try again at once.',
  }),
  'heartbeat-missed': freshness.wrong({
    title: 'A heartbeat is overdue',
    meaning: 'The last sign of life is older than its interval and the grace together.',
    advice: 'Look whether the job still runs and is scheduled, then whether it can report.',
  }),
  'uptime-low': quality.wrong({
    title: 'It was up for too little of the time',
    meaning: 'The share of good observations is below what the check asks.',
    advice: 'Look at when it was down: one long outage and many short ones have different causes.',
  }),
  slow: quality.wrong({
    title: 'It takes too long',
    meaning: 'The answer is right, and slower than the check allows.',
    advice: 'Look which phase took the time: waiting is the service, dns, connect and tls are the network.',
  }),
};
