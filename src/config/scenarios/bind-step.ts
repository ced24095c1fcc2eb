import type { Json } from '../../model/json.ts';
import type { Bound, Captured, Check } from '../config.ts';
import { toProblems } from '../finding.ts';
import { withValueAt } from '../fit-texts.ts';
import type { Filled } from '../interpolate.ts';
import type { CheckContext, FilledCheck } from '../resolve-check.ts';
import { resolveCheck } from '../resolve-check.ts';
import { validateStep } from '../validate.ts';
import { fitStep } from './fit-step.ts';
import { putCaptured } from './put-captured.ts';

/** A step as far as it is known before the scenario runs. */
export type UnboundStep = {
  readonly own: FilledCheck;
  /** Null when no check can be made of it yet. */
  readonly known: Check | null;
  /** The texts in it that wait for captured values. */
  readonly later: readonly Filled[];
  /** Whether it sends something that must not reach a stranger. */
  readonly sendsSecrets: boolean;
  /** Where the steps of the scenario go whose addresses are written out. */
  readonly origins: ReadonlySet<string>;
  readonly context: CheckContext;
};

/** The check that a step becomes with what was captured. A value that does not fit is told, never guessed at. */
export const bindStep = (
  { own, known, later, sendsSecrets, origins, context }: UnboundStep,
  captured: Captured,
): Bound => {
  if (later.length === 0 && known !== null) return { ok: true, check: known };
  const { file, path } = own.declaration;
  let value = own.value;
  for (const one of later) {
    const place = one.path.slice(path.length);
    const put = putCaptured(one.later ?? [], place, captured);
    if (!put.ok) return put;
    const stranger = put.origin === null || !sendsSecrets ? null : strangerIn(put.value, origins);
    if (put.origin !== null && stranger !== null) return refuseStranger(put.origin, stranger);
    value = withValueAt(value, place, put.value);
  }
  const filled = own.filled.map((one) => (one.later === null ? one : { ...one, complete: true, later: null }));
  const fitted = fitStep(value, file, filled, path.length);
  const validated = validateStep(fitted, file, path, filled);
  const resolved = resolveCheck({ ...own, value: fitted, filled, broken: validated.broken }, context);
  const problems = toProblems([...validated.findings, ...resolved.findings], [file]).filter(
    ({ severity }) => severity === 'error',
  );
  if (resolved.check !== null && problems.length === 0) return { ok: true, check: resolved.check };
  const message = problems.map((problem) => problem.message).join('; ');
  return { ok: false, problem: `what was captured does not fit: ${message === '' ? 'no check can be made' : message}` };
};

/** Scheme, host and port of a URL; null for what is none. */
export const originOf = (url: Json | undefined): string | null => {
  if (typeof url !== 'string' || !URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return host === '' ? null : `${protocol}//${host}`;
};

/** The origin of a URL that no step of the scenario names. */
const strangerIn = (url: Json, origins: ReadonlySet<string>): string | null => {
  const origin = originOf(url);
  return origin === null || origins.has(origin) ? null : origin;
};

const refuseStranger = (name: string, origin: string): Bound => ({
  ok: false,
  problem: `"${name}" leads to ${origin}, which no step of this scenario names, and this step sends secrets`,
});
