import type { Captured, Capture } from '../config/config.ts';
import { evaluate } from '../matchers/evaluate.ts';
import type { Expectation, ExpectationResult } from '../matchers/expectation.ts';
import type { Json } from '../model/json.ts';
import type { PlannedCheck, PlannedStep } from '../plan/plan.ts';
import { newSession, type Session } from '../probes/session.ts';
import { secretTexts } from './captures.ts';
import { excerptText } from './excerpt.ts';
import type { Limits } from './limits.ts';
import type { Ports } from './ports.ts';
import { notRun, runCheck, type CheckEnd } from './run-check.ts';

/** What a scenario has so far. Shared with nobody else. */
export type Flow = {
  readonly session: Session;
  captured: Captured;
  /** Whether anything was done: before that there is nothing to clean up. */
  begun: boolean;
  /** Whether the last step got an answer. */
  answered: boolean;
  /** By the name of a value that was not captured: the step that may have made what it would name. */
  readonly doubts: Map<string, string>;
};

export const newFlow = (): Flow => ({
  session: newSession(),
  captured: {},
  begun: false,
  answered: false,
  doubts: new Map(),
});

/** The world in which steps are done. */
export type StepWorld = { readonly limits: Limits; readonly ports: Ports; readonly signal: AbortSignal };

/** Does one step with what was captured before it. A defect of our own in it costs this step alone. */
export const runStep = async (step: PlannedStep, flow: Flow, world: StepWorld): Promise<CheckEnd | 'left out'> => {
  const { ports } = world;
  const check = boundCheck(step, flow, ports);
  if (check === 'left out' || check === null) return check;
  const { signal, limits } = world;
  return limits(check, async () => {
    const begins = !signal.aborted;
    if (begins) flow.begun = true;
    flow.answered = false;
    // What header an earlier answer had is no header of this one.
    flow.session.headers = [];
    const end = await runCheck(check, ports, signal, partOf(step.captures, flow, ports));
    if (begins && check.changes && !flow.answered && end !== 'fail') doubt(step, flow);
    return end;
  });
};

/** The check that the step becomes; null when none can be made of it, which is told. */
const boundCheck = (step: PlannedStep, flow: Flow, ports: Ports): PlannedCheck | null | 'left out' => {
  try {
    const unmet = unmetCondition(step, flow.captured, ports);
    if (unmet !== null) {
      leaveOut(step, unmet, ports);
      return 'left out';
    }
    const bound = step.bind(flow.captured);
    if (!bound.ok) return notRun(step.check, 'not-run', excerptText(ports.redact(bound.problem)), ports);
    const { check } = bound;
    if (check.forbidden !== null) return notRun(check, 'not-run', check.forbidden, ports);
    if (step.uses.length > 0) tellBound(check, ports);
    return check;
  } catch (error) {
    const said = error instanceof Error ? excerptText(ports.redact(error.message)) : 'no reason given';
    return notRun(step.check, 'probe-crashed', `gonogo itself failed on this step: ${said}`, ports);
  }
};

const tellBound = ({ id, target, tryCommand }: PlannedCheck, ports: Ports): void => {
  const hidden = ports.redact({ target, tryCommand });
  ports.emit({
    type: 'step-bound',
    at: ports.now().toISOString(),
    id,
    target: excerptText(hidden.target),
    tryCommand: hidden.tryCommand?.map(excerptText) ?? null,
  });
};

const partOf = (captures: readonly Capture[], flow: Flow, ports: Ports) => ({
  session: flow.session,
  captures,
  take: (captured: Captured): void => {
    flow.answered = true;
    for (const { name, secret } of captures) {
      const value = captured[name];
      if (secret && value !== undefined) for (const text of secretTexts(value)) ports.hide(text);
    }
    flow.captured = { ...flow.captured, ...captured };
  },
});

/** Nobody knows whether the step took effect, and nothing names what it may have made. */
const doubt = ({ captures, name }: PlannedStep, flow: Flow): void => {
  for (const one of captures) if (!Object.hasOwn(flow.captured, one.name)) flow.doubts.set(one.name, name);
};

/** Says that a step is not to be done, and why. The message is free of secrets. */
export const leaveOut = ({ check }: PlannedStep, message: string, ports: Ports): void =>
  ports.emit({ type: 'step-left-out', at: ports.now().toISOString(), id: check.id, message });

/** Why a step is left out: a condition that does not hold; null when it is to be done. */
const unmetCondition = ({ condition }: PlannedStep, captured: Captured, ports: Ports): string | null => {
  for (const expectation of condition ?? []) {
    const value = Object.hasOwn(captured, expectation.fact) ? captured[expectation.fact] : undefined;
    if (holds(expectation, value, ports).held) continue;
    // Told of redacted values: an explanation shows a part of a value, which could be the half of a secret.
    const hidden = { ...expectation, expected: ports.redact(expectation.expected) };
    const { held, explanation } = holds(hidden, value === undefined ? value : ports.redact(value), ports);
    return `its condition does not hold: ${expectation.fact} ${held ? 'is another value' : `is not as asked: ${explanation}`}`;
  }
  return null;
};

const holds = (expectation: Expectation, value: Json | undefined, ports: Ports): ExpectationResult =>
  evaluate({ ...expectation, fact: 'value' }, value === undefined ? {} : { value }, ports.now());
