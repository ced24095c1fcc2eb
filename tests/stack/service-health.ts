/** What a service answers on `/health` or `/ready`. */
export type HealthAnswer = { readonly status: number; readonly type: string; readonly body: string };

type Service = 'orders' | 'billing' | 'search' | 'notifications';

const json = (body: unknown, status = 200, type = 'application/json'): HealthAnswer => ({
  status,
  type,
  body: JSON.stringify(body),
});

const lines = (status: number, ...text: readonly string[]): HealthAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: text.join('\n'),
});

/** health+json, as the draft for HTTP APIs has it. */
const orders = (): HealthAnswer => {
  const checks = { 'orders-database:responseTime': [{ status: 'pass', time: new Date().toISOString() }] };
  return json({ status: 'pass', releaseId: '7.2.0', checks }, 200, 'application/health+json');
};

/** ASP.NET; yellow, a queue is longer than it should be. */
const billing = (yellow: boolean): HealthAnswer => {
  const queue = yellow
    ? { status: 'Degraded', description: '418 invoices wait, 100 are usual', duration: '00:00:00.0021' }
    : { status: 'Healthy', duration: '00:00:00.0019' };
  const database = { status: 'Healthy', duration: '00:00:00.0043' };
  return json({
    status: yellow ? 'Degraded' : 'Healthy',
    totalDuration: '00:00:00.0061',
    entries: { 'invoice-queue': queue, 'billing-database': database },
  });
};

/** Kubernetes, verbose; red, the index is still loading. */
const searchReady = (red: boolean): HealthAnswer =>
  red
    ? lines(503, '[+]ping ok', '[-]product-index failed: still loading', 'readyz check failed')
    : lines(200, '[+]ping ok', '[+]product-index ok', 'readyz check passed');

/** Spring Boot; lying, the mail server is down and the total does not know. */
const notifications = (lying: boolean): HealthAnswer =>
  json({ status: 'UP', components: { mail: { status: lying ? 'DOWN' : 'UP' }, queue: { status: 'UP' } } });

/** How each service speaks of itself: green, or one red, one yellow and one that contradicts itself. */
export const healthAnswer = (service: string, endpoint: string, broken: boolean): HealthAnswer | null => {
  const answers: { readonly [Name in Service]: { readonly [endpoint: string]: () => HealthAnswer } } = {
    orders: { health: orders, ready: orders },
    billing: { health: () => billing(broken), ready: () => billing(false) },
    search: { health: () => lines(200, 'healthz check passed'), ready: () => searchReady(broken) },
    notifications: { health: () => notifications(broken), ready: () => json({ status: 'UP' }) },
  };
  const isService = (name: string): name is Service => Object.hasOwn(answers, name);
  return isService(service) ? (answers[service][endpoint]?.() ?? null) : null;
};
