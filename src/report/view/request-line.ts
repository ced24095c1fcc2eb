import type { CheckResult } from '../../model/run.ts';
import { formatDuration } from './duration.ts';
import { fieldsOf, itemsOf, numberOf, own, textOf } from './shape.ts';

/** What was asked and what came of it: `GET https://dashboard.example.com/ready  ->  200, 812 ms`. Empty without a target. */
export const requestLine = (check: CheckResult): string => {
  if (check.target === '') return '';
  const method = methodOf(check);
  const asked = method === null || check.target.startsWith(`${method} `) ? check.target : `${method} ${check.target}`;
  const sampled = fieldsOf(own(check.facts, 'duration'));
  const p95 = sampled === null ? null : numberOf(own(sampled, 'p95'));
  const took = numberOf(own(check.facts, 'duration')) ?? check.attempts.at(-1)?.durationMs ?? check.durationMs;
  const status = numberOf(own(check.facts, 'status'));
  const came = status === null ? check.reasonCode : String(status);
  const time =
    p95 === null ? (took === null ? null : formatDuration(took)) : `p95 ${formatDuration(p95)} of several looks`;
  const answer = [came, time].filter((part) => part !== null);
  return answer.length === 0 ? asked : `${asked}  ->  ${answer.join(', ')}`;
};

/** The method of the request, or of the first one of a chain. */
const methodOf = ({ facts }: CheckResult): string | null => {
  const first = fieldsOf(itemsOf(own(facts, 'chain'))[0]);
  return textOf(own(facts, 'method')) ?? (first === null ? null : textOf(own(first, 'method')));
};
