import type { Facts } from '../../../model/observation.ts';
import { printable } from '../../engine/printable.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { CouldNotLook } from '../../probe.ts';
import { performStep } from './perform-step.ts';
import type { Stage } from './stage.ts';
import type { PageStep } from '../page-step.ts';
import { stepText } from '../step-text.ts';
import { firstLine, StepTrouble } from './step-trouble.ts';
import { orNull } from './time-left.ts';

const GLANCE_MS = 500;
const EXCERPT = 300;
const SHORT = 100;

/** What the page showed when a step failed. */
const seenOn = async ({ page, reader }: Stage): Promise<{ readonly [name: string]: string }> => {
  const [head, text] = await Promise.all([orNull(reader.head(), GLANCE_MS), orNull(reader.text(), GLANCE_MS)]);
  return {
    url: shownReference(page.url()),
    ...(head?.['title'] === undefined ? {} : { title: printable(head['title'], EXCERPT) }),
    ...(text === null || text === '' ? {} : { text: printable(text.replaceAll(/\s+/g, ' ').trim(), EXCERPT) }),
  };
};

/** Whether what does not hold shows the text of the page already. */
const tellsText = (step: PageStep): boolean =>
  step.action === 'expect' && step.values.some(({ value, of }) => value === 'text' && of === null);

const cut = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}...` : text);

const failedStep = async (number: number, step: PageStep, error: unknown, stage: Stage): Promise<Facts> => {
  const why = error instanceof StepTrouble ? error.message : firstLine(error);
  const code = error instanceof StepTrouble ? error.code : 'assertion-failed';
  const seen = await seenOn(stage);
  const title = seen['title'] === undefined ? '' : ` "${seen['title']}"`;
  const shows = seen['text'] === undefined || tellsText(step) ? '' : `, which shows "${cut(seen['text'])}"`;
  const message = `step ${number}, ${stepText(step)}: ${why}, on ${seen['url']}${title}${shows}`;
  return { number: String(number), step: stepText(step), code, message, ...seen };
};

type Progress = (text: string) => void;

/** The steps of a visit. */
export type Steps = {
  /** Does them in order and stops at the first that fails; rejects when the whole visit does. */
  readonly run: () => Promise<void>;
  /** What has become of them so far. */
  readonly facts: () => Facts;
  /** The step that is under way, or that the visit ended in, as `step 2, goto /orders`; null for none. */
  readonly underWay: () => string | null;
};

/** The steps of a visit, none done yet. What was done stays on record if the visit is ended. */
export const newSteps = (steps: readonly PageStep[], stage: Stage, tell: Progress): Steps => {
  let done = 0;
  let failed: Facts | null = null;
  let underWay: string | null = null;
  const stateOf = (index: number): string => {
    if (index < done) return 'done';
    return index === done && (failed !== null || underWay !== null) ? 'failed' : 'not reached';
  };
  const facts = (): Facts => {
    if (steps.length === 0) return {};
    return {
      steps: Object.fromEntries(steps.map((_, index) => [String(index + 1), stateOf(index)])),
      'steps-done': done,
      ...(failed === null ? {} : { 'failed-step': failed }),
      ...(stage.values.size === 0 ? {} : { values: Object.fromEntries(stage.values) }),
    };
  };
  const run = async (): Promise<void> => {
    for (const [index, step] of steps.entries()) {
      underWay = `step ${index + 1}, ${stepText(step)}`;
      tell(`step ${index + 1} of ${steps.length}: ${stepText(step)}`);
      try {
        await performStep(step, stage);
      } catch (error) {
        if (error instanceof CouldNotLook) throw error;
        failed = await failedStep(index + 1, step, error, stage);
        underWay = null;
        return;
      }
      done += 1;
      underWay = null;
    }
  };
  return { facts, run, underWay: () => underWay };
};
