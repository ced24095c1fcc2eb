import { getuid } from 'node:process';
import type { ProbeContext } from '../probe.ts';
import { findAuthState } from './auth-state.ts';
import { browserProxy } from './browser-proxy.ts';
import { findBrowser } from './find-browser.ts';
import type { Order } from './order.ts';
import type { Spec } from './schema.ts';
import { cookiesForPage } from './session-cookies.ts';
import { timeBudget } from './time-budget.ts';

/** The facts that every check of this kind asks about by itself: whether they hold, a visit can tell. */
const ASKED_ANYWAY: ReadonlySet<string> = new Set([
  'status',
  'same-site',
  'page-errors',
  'csp-violations',
  'failed-requests',
  'console-errors',
  'redirects',
  'steps-done',
]);

const holdsSecret = (spec: Spec, redact: (text: string) => string): boolean => {
  const text = JSON.stringify(spec);
  return redact(text) !== text;
};

/** Everything that the driver must know. Throws `CouldNotLook` when something on this machine is missing. */
export const makeOrder = async (spec: Spec, folder: string, context: ProbeContext): Promise<Order> => {
  const { environment, proxyEnvironment, asked, timeoutMs, redact, session, now } = context;
  const executable = await findBrowser(environment);
  const authState = spec['auth-state'];
  const storageState = authState === undefined ? null : await findAuthState(authState, context.folder);
  const url = new URL(spec.url);
  const cookies = session === null ? null : cookiesForPage(session.jar, url, now().getTime());
  const { username, password } = url;
  const hasCredentials =
    authState !== undefined ||
    spec.auth !== undefined ||
    spec.headers !== undefined ||
    username + password !== '' ||
    (cookies !== null && cookies.length > 0);
  const hasSecrets = holdsSecret(spec, redact);
  return {
    spec,
    executable,
    sandbox: getuid?.() !== 0,
    folder,
    ...timeBudget(timeoutMs),
    proxy: browserProxy(spec, proxyEnvironment),
    storageState,
    alwaysScreenshot: asked.some((fact) => !ASKED_ANYWAY.has(fact)),
    hasSecrets,
    trace: spec.trace === true && !hasSecrets && !hasCredentials,
    cookies,
  };
};
