import type { Browser, BrowserContext } from 'playwright-core';
import type { Facts } from '../../../model/observation.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { CouldNotLook } from '../../probe.ts';
import type { Order, VisitEnd } from '../order.ts';
import type { PageStep } from '../page-step.ts';
import { readStep } from '../read-step.ts';
import type { Spec } from '../schema.ts';
import type { BrowserCookie } from '../session-cookies.ts';
import { startTrace, takeScreenshot, writeTrace } from './evidence.ts';
import { contextOptions } from './launch-browser.ts';
import { openPage } from './open-page.ts';
import { sendOwnHeaders } from './own-headers.ts';
import { newPageReader } from './page-reader.ts';
import { newSteps, type Steps } from './steps.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import { firstLine } from './step-trouble.ts';
import { orNull, timeUntil, type TimeLeft } from './time-left.ts';
import { arrivalFacts, chainFact, endReading, isTrouble, type Reading } from './visit-facts.ts';
import { watchPage, type Watch } from './watch-page.ts';

/** So long a page may be busy before it counts as frozen. */
const FROZEN_MS = 2000;

type Visit = {
  readonly order: Order;
  readonly context: BrowserContext;
  readonly stage: Stage;
  readonly watch: Watch;
  readonly steps: Steps;
  /** Why the visit was ended from outside its own flow (a crash, a limit, a place not to go to); null while it was not. */
  readonly endedBy: () => CouldNotLook | null;
  /** Rejects with that. */
  readonly ended: Promise<never>;
};

/** All of them: a spec with a step that cannot be read does not get here. */
const stepsOf = ({ url, steps = [] }: Spec): readonly PageStep[] =>
  steps.map((step) => {
    const read = readStep(step, url, []);
    if (read === null) throw new Error('a step cannot be read');
    return read;
  });

/** One that the browser refuses is not there, as if the site had set it; the others are. */
const giveCookies = async (context: BrowserContext, cookies: readonly BrowserCookie[]): Promise<void> => {
  for (const cookie of cookies) await context.addCookies([cookie]).catch(() => {});
};

/** Null for a check, which leaves none to anybody, and when the browser does not answer. */
const takeCookies = (context: BrowserContext, { cookies }: Order, ms: number): Promise<VisitEnd['cookies']> =>
  cookies === null ? Promise.resolve(null) : orNull(context.cookies(), ms);

const prepare = async (browser: Browser, order: Order, tell: (text: string) => void): Promise<Visit> => {
  const { spec, pageMs } = order;
  const context = await browser.newContext(contextOptions(order));
  await giveCookies(context, order.cookies ?? []);
  if (order.trace) await startTrace(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {});
  let endedBy: CouldNotLook | null = null;
  const end = (reason: CouldNotLook): void => reject((endedBy ??= reason));
  const watch = await watchPage(page, session, spec, end);
  browser.on('disconnected', () => end(new CouldNotLook('probe-crashed', 'the browser ended by itself')));
  await sendOwnHeaders(page, session, spec);
  const reader = await newPageReader(session);
  const time = timeUntil(performance.now() + pageMs);
  const stage: Stage = { page, reader, home: spec.url, time, filled: [], values: new Map() };
  const steps = newSteps(stepsOf(spec), stage, tell);
  return { order, context, stage, watch, steps, ended, endedBy: () => endedBy };
};

/** A page whose scripts never pause shows nothing and reacts to nobody, however well it was loaded. */
const askWhetherAlive = async ({ reader, time }: Stage): Promise<void> => {
  const answer = await orNull(reader.head(), Math.min(FROZEN_MS, time.left()));
  if (answer === null) throw new CouldNotLook('page-error', 'the page is frozen: a script keeps it busy');
};

/** Goes to the page and does the steps; answers the facts that only the time on the way can tell. */
const flow = async (
  { order: { spec }, stage, watch, steps }: Visit,
  onFacts: (facts: Facts) => void,
): Promise<void> => {
  const startedMs = performance.now();
  await openPage(spec, stage, watch);
  const openMs = performance.now() - startedMs;
  await settle(watch, stage.time);
  onFacts(await arrivalFacts(spec, stage, watch));
  const steppingMs = performance.now();
  await steps.run();
  onFacts({ duration: Math.round(openMs + performance.now() - steppingMs) });
  if (spec.steps !== undefined) await settle(watch, stage.time);
  if (watch.documents.isMoving()) {
    const [url = 'another document'] = watch.requests.open();
    throw new CouldNotLook('timeout', `the page was still on its way to ${url} when the time was over`);
  }
  await askWhetherAlive(stage);
};

const keepEvidence = async ({ order, context, stage }: Visit, trouble: boolean, time: TimeLeft): Promise<void> => {
  const { folder, hasSecrets } = order;
  if (!/^https?:/i.test(stage.page.url())) return;
  if (trouble || order.alwaysScreenshot) {
    await takeScreenshot(stage.page, folder, { filled: stage.filled, hasSecrets }, time.left());
  }
  if (trouble && order.trace) await writeTrace(context, folder, time.left());
};

const failureOf = (error: unknown): CouldNotLook =>
  error instanceof CouldNotLook ? error : new CouldNotLook('probe-crashed', `the visit failed: ${firstLine(error)}`);

/** A failure as it is reported: with the step that it came in. */
const reported = (failure: CouldNotLook | null, steps: Steps): VisitEnd['failure'] => {
  if (failure === null) return null;
  const step = steps.underWay();
  return { code: failure.code, message: step === null ? failure.message : `${step}: ${failure.message}` };
};

const NOTHING: Reading = { facts: {}, text: '' };

/** Visits a page as the order says. Never rejects; what was seen before it had to stop is reported too. */
export const visitPage = async (browser: Browser, order: Order, tell: (text: string) => void): Promise<VisitEnd> => {
  const visit = await prepare(browser, order, tell);
  let onTheWay: Facts = {};
  let failure: CouldNotLook | null = null;
  tell(`opening ${shownReference(order.spec.url)}`);
  try {
    await Promise.race([flow(visit, (facts) => (onTheWay = { ...onTheWay, ...facts })), visit.ended]);
  } catch (error) {
    failure = failureOf(error);
  }
  const time = timeUntil(performance.now() + order.reserveMs);
  const isGone = (): boolean => visit.endedBy() !== null;
  const reading = isGone() ? NOTHING : await endReading(visit.stage, visit.watch, time.left() / 2);
  const facts = {
    ...reading.facts,
    ...(onTheWay['redirects'] === undefined ? chainFact(visit.watch.documents.hops()) : {}),
    ...visit.watch.facts(),
    ...visit.steps.facts(),
    ...onTheWay,
    browser: `Chromium ${browser.version()}`,
    ...(order.proxy === null ? {} : { proxy: order.proxy.server }),
  };
  const cookies = isGone() ? null : await takeCookies(visit.context, order, time.left());
  if (!isGone()) await keepEvidence(visit, failure !== null || isTrouble(facts), time);
  return { facts, shown: reading.text, cookies, failure: reported(failure ?? visit.endedBy(), visit.steps) };
};
