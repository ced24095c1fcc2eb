import { showDuration } from '../../matchers/units.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import { statusCode } from '../http/status-code.ts';
import { burstPlan, type BurstPlan } from './plan.ts';
import type { Spec } from './schema.ts';

type Reason = Pick<Sign, 'code' | 'message'>;

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const codeOf = (value: Json | undefined): ReasonCode => REASON_CODES.find((code) => code === value) ?? 'connect-reset';

/** A time that was measured: `120 ms`, `2.0 s`. */
const took = (ms: Json | undefined): string =>
  number(ms) < 1000 ? `${Math.round(number(ms))} ms` : `${(number(ms) / 1000).toFixed(1)} s`;

/** `90 x 200, 10 x 503`: the statuses that were seen, in their order, as far as they fit. */
const statusText = ({ statuses }: Facts, fits: (status: number) => boolean = () => true): string =>
  Object.entries(isJsonObject(statuses) ? statuses : {})
    .filter(([status]) => fits(Number(status)))
    .slice(0, 8)
    .map(([status, count]) => `${String(count)} x ${status}`)
    .join(', ');

const serverErrors = (facts: Facts): Reason => {
  const which = statusText(facts, (status) => status >= 500);
  return {
    code: 'http-5xx',
    message: `the service failed under the burst: ${which} of ${number(facts['answered'])} answers`,
  };
};

const failureReason = (facts: Facts): Reason | null => {
  const first = list(facts['failures']).find((one: Json) => isJsonObject(one));
  if (first === undefined) return null;
  const count = number(facts['sent']) - number(facts['answered']);
  const message = `${count} of ${number(facts['sent'])} requests had no answer; request ${number(first['number'])}: ${text(first['message'])}`;
  return { code: codeOf(first['code']), message };
};

/** A burst that broke the service or ran out of time says less than one that was sent whole. */
const unlimited = (facts: Facts, { requests, withinMs }: BurstPlan): Reason => {
  const endedBy = facts['ended-by'];
  if (endedBy === 'server-errors') return serverErrors(facts);
  if (endedBy === 'failures') return failureReason(facts) ?? serverErrors(facts);
  const seen = statusText(facts);
  if (endedBy === 'time') {
    const answered = number(facts['answered']);
    const message = `only ${answered} of ${requests} requests were answered within ${showDuration(withinMs)}, and none was limited: ${seen}`;
    return { code: 'timeout', message };
  }
  const overload = isJsonObject(facts['statuses']) && Object.hasOwn(facts['statuses'], '503');
  const hint = overload ? '; 503 tells of overload, a limit answers 429' : '';
  const message = `none of ${number(facts['sent'])} requests in ${took(facts['duration'])} was limited: ${seen}${hint}`;
  return { code: 'rate-limit-absent', message };
};

const unrecovered = (facts: Facts, { recoverWithinMs }: BurstPlan): Reason => {
  const failure = facts['recovery-failure'];
  const status = facts['recovery-status'];
  const asked = facts['recovery-asked'];
  const waited = `${took(facts['recovery-waited'])} after the burst`;
  if (isJsonObject(failure)) {
    return { code: codeOf(failure['code']), message: `no answer ${waited}: ${text(failure['message'])}` };
  }
  if (typeof status !== 'number') {
    const most = showDuration(recoverWithinMs);
    return { code: 'slow', message: `the service asks to wait ${took(asked)}, longer than recover-within (${most})` };
  }
  if (status !== 429)
    return { code: statusCode(status), message: `the service answers ${status} ${waited}, and not as before` };
  const told = asked === undefined ? '' : `, although it asked to wait no longer than ${took(asked)}`;
  return { code: 'assertion-failed', message: `the service still answers 429 ${waited}${told}` };
};

const about = (facts: readonly string[], reason: Reason | null): readonly Sign[] =>
  reason === null ? [] : facts.map((fact) => ({ ...reason, fact }));

const FROM_HEADERS = ['limit', 'window', 'remaining', 'reset', 'policy'].map((name) => `rate-limit.${name}`);

const untold = (facts: Facts): readonly Sign[] =>
  list(facts['rate-limit-headers']).length > 0
    ? []
    : about(['rate-limit-headers', ...FROM_HEADERS], {
        code: 'value-missing',
        message: 'no answer has a header that tells its limit',
      });

/** The conditions that a burst can show. Pure. */
export const explain = (facts: Facts, spec: Spec): readonly Sign[] => {
  if (facts['answered'] === undefined) return [];
  const plan = burstPlan(spec);
  const limited = number(facts['limited']) > 0;
  const afterLimit = [
    'limited',
    'first-limited-at',
    'retry-after',
    ...(facts['recovered'] === undefined ? ['recovered'] : []),
  ];
  const problem = text(facts['retry-after-problem']);
  const rateLimit = facts['rate-limit'];
  const flaws = isJsonObject(rateLimit) ? list(rateLimit['flaws']).filter((flaw) => typeof flaw === 'string') : [];
  return [
    ...about(['server-errors'], number(facts['server-errors']) > 0 ? serverErrors(facts) : null),
    ...about(['failures'], failureReason(facts)),
    ...about(afterLimit, limited ? null : unlimited(facts, plan)),
    ...about(['retry-after'], problem === '' ? null : { code: 'retry-after-missing', message: problem }),
    ...about(['recovered'], facts['recovered'] === false ? unrecovered(facts, plan) : null),
    ...untold(facts),
    ...about(
      ['rate-limit.flaws'],
      flaws.length === 0 ? null : { code: 'assertion-failed', message: flaws.slice(0, 3).join('; ') },
    ),
  ];
};
