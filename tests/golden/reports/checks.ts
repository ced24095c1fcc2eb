import type { CheckResult } from '../../../src/model/run.ts';
import { passed, runbook, search } from './build.ts';

/** The checks of the sample launch, as they are when they are broken. */

const at = (line: number, column: number) => ({ file: 'checks/launch.yaml', line, column });

const attempt = (
  number: number,
  outcome: CheckResult['outcome'],
  reasonCode: CheckResult['reasonCode'],
  ms: number,
) => ({
  number,
  outcome,
  reasonCode,
  startedAt: `2026-11-21T02:14:0${6 + number}.120Z`,
  durationMs: ms,
});

export const dashboardDown = passed('dashboard', 4, {
  title: 'The dashboard answers',
  target: 'https://dashboard.example.com/ready',
  component: 'dashboard',
  priority: 'P0',
  deadline: '2026-12-01',
  outcome: 'fail',
  reasonCode: 'http-5xx',
  layer: 'http',
  message: 'the server answered 502 Bad Gateway',
  expectations: [
    {
      fact: 'status',
      matcher: 'status',
      expected: ['2xx'],
      actual: 502,
      held: false,
      level: 'expect',
      explanation: 'number 502 is not 2xx',
      source: at(8, 23),
    },
    {
      fact: '$.status',
      matcher: 'equals',
      expected: 'pass',
      held: false,
      level: 'expect',
      explanation: 'there is no such value',
      source: at(8, 38),
    },
    {
      fact: 'duration',
      matcher: 'below',
      expected: 1500,
      actual: 2300,
      held: false,
      level: 'warn',
      explanation: 'number 2300 ms is not below 1500 ms',
      source: at(8, 63),
    },
  ],
  layers: [
    { layer: 'dns', state: 'ok' },
    { layer: 'tcp', state: 'ok' },
    { layer: 'tls', state: 'ok' },
    { layer: 'http', state: 'broken' },
    { layer: 'content', state: 'not-reached' },
  ],
  attempts: [attempt(1, 'fail', 'http-5xx', 1900), attempt(2, 'fail', 'http-5xx', 2300)],
  durationMs: 4200,
  facts: { status: 502, duration: 2300, method: 'GET', tls: { 'days-left': 61 }, body: '<h1>502 Bad Gateway</h1>' },
  runbook: runbook('operations.md', 'dashboard-5xx', 'Dashboard answers 5xx', [
    'Look at the queue depth: `kubectl -n dashboard top pods`',
    'Roll back when a deploy is younger than 30 min: `make rollback`',
    'Tell #platform what you did',
  ]),
  tryCommand: ['curl', '-sS', '-H', 'Authorization: ***', 'https://dashboard.example.com/ready'],
  evidence: ['evidence/dashboard-1.txt'],
});

export const loginBlocked = passed('dashboard-login', 9, {
  title: 'A merchant can log in',
  component: 'dashboard',
  outcome: 'blocked',
  reasonCode: 'needs-failed',
  layer: 'run',
  message: 'it needs dashboard, which is not good',
  causedBy: 'dashboard',
  expectations: [],
  layers: [],
  attempts: [],
  startedAt: null,
  durationMs: null,
  timings: {},
  facts: {},
});

export const supportHealth = passed('support-health', 12, {
  title: 'Support says that it is healthy',
  kind: 'health',
  component: 'support',
  target: 'https://support.example.com/health',
  owner: search,
});

export const indexMissing = passed('support-index', 15, {
  title: 'Support finds an answer',
  kind: 'mcp',
  component: 'support',
  target: 'https://support.example.com/mcp',
  owner: search,
  outcome: 'fail',
  reasonCode: 'index-missing',
  layer: 'content',
  message: 'query_support answered "No latest index found"',
  expectations: [
    {
      fact: 'hits',
      matcher: 'at-least',
      expected: 1,
      actual: 0,
      held: false,
      level: 'expect',
      explanation: 'number 0 is not at least 1',
      source: at(22, 13),
    },
    {
      fact: 'is-error',
      matcher: 'equals',
      expected: false,
      actual: true,
      held: false,
      level: 'expect',
      explanation: 'boolean true is not false',
      source: null,
    },
  ],
  layers: [
    { layer: 'dns', state: 'ok' },
    { layer: 'tcp', state: 'ok' },
    { layer: 'tls', state: 'ok' },
    { layer: 'http', state: 'ok' },
    { layer: 'protocol', state: 'ok' },
    { layer: 'tool-list', state: 'ok' },
    { layer: 'content', state: 'broken' },
  ],
  facts: { connected: true, era: 'modern', 'is-error': true, text: 'No latest index found', hits: 0, duration: 84 },
  runbook: runbook('index.md', 'index-missing', 'The support index is missing', [
    'Build it again: `npm run refresh-index`',
    'Ask a question by hand and look for a hit',
  ]),
  tryCommand: ['gonogo', 'probe', 'mcp', 'https://support.example.com/mcp', '--tool', 'query_support'],
});

export const wrongSite = passed('site-apex', 23, {
  title: 'example.com shows the marketplace',
  kind: 'domain',
  component: 'domains',
  target: 'example.com',
  outcome: 'fail',
  reasonCode: 'wrong-site',
  layer: 'content',
  message: 'https://www.example.com/ serves "Domain for sale"',
  expectations: [
    {
      fact: 'page.title',
      matcher: 'equals',
      expected: 'Marketplace',
      actual: 'Domain for sale',
      held: false,
      level: 'expect',
      explanation: 'string "Domain for sale" is not "Marketplace"',
      source: at(24, 87),
    },
  ],
  layers: [
    { layer: 'dns', state: 'ok' },
    { layer: 'tcp', state: 'ok' },
    { layer: 'tls', state: 'ok' },
    { layer: 'redirect', state: 'ok' },
    { layer: 'http', state: 'ok' },
    { layer: 'content', state: 'broken' },
  ],
  facts: {
    'final-status': 200,
    page: { title: 'Domain for sale' },
    chains: [
      {
        variant: 'http://example.com/',
        hops: [
          { url: 'http://example.com/', status: 301, location: 'https://www.example.com/' },
          { url: 'https://www.example.com/', status: 200 },
        ],
      },
      { variant: 'https://www.example.com/', hops: [{ url: 'https://www.example.com/', status: 200 }] },
    ],
  },
  runbook: runbook('domains.md', 'wrong-site', 'A domain shows the wrong site', [
    'Compare the A record with the load balancer: `dig +short example.com`',
  ]),
  tryCommand: ['gonogo', 'probe', 'domain', 'example.com'],
});

export const redirectLoop = passed('site-shop', 25, {
  title: 'shop.example.com is reached',
  kind: 'domain',
  component: 'domains',
  target: 'shop.example.com',
  outcome: 'fail',
  reasonCode: 'redirect-loop',
  layer: 'redirect',
  message: 'https://shop.example.com/ and http://shop.example.com/ redirect to each other',
  expectations: [
    {
      fact: 'chains.0.loop',
      matcher: 'exists',
      expected: false,
      actual: 'scheme ping-pong',
      held: false,
      level: 'expect',
      explanation: 'string "scheme ping-pong" is there, and should not be',
      source: null,
    },
  ],
  layers: [
    { layer: 'dns', state: 'ok' },
    { layer: 'tcp', state: 'ok' },
    { layer: 'tls', state: 'ok' },
    { layer: 'redirect', state: 'broken' },
  ],
  facts: {
    chains: [
      {
        text: 'https://shop.example.com/ --308--> http://shop.example.com/ --308--> https://shop.example.com/  (loop of 2: scheme ping-pong)',
      },
    ],
  },
  runbook: runbook('domains.md', 'redirect-loop', 'A domain redirects in circles', [
    'Turn off "always HTTPS" at one of the proxy and the origin, not both',
  ]),
  tryCommand: ['gonogo', 'probe', 'domain', 'shop.example.com'],
});

export const noSuchName = passed('site-docs', 27, {
  title: 'docs.example.com is reached',
  kind: 'domain',
  component: 'domains',
  target: 'docs.example.com',
  outcome: 'fail',
  reasonCode: 'dns-nxdomain',
  layer: 'dns',
  message: 'docs.example.com does not exist',
  expectations: [],
  layers: [
    { layer: 'dns', state: 'broken' },
    { layer: 'tcp', state: 'not-reached' },
  ],
  attempts: [attempt(1, 'fail', 'dns-nxdomain', 12)],
  attemptsAllowed: 1,
  durationMs: 12,
  timings: { dnsMs: 12 },
  facts: { duration: 12 },
  runbook: null,
  owner: null,
  tryCommand: ['dig', '+short', 'docs.example.com'],
});

export const siteRight = passed('site-www', 29, {
  title: 'www.example.com is reached',
  kind: 'domain',
  target: 'www.example.com',
});

export const langfuseSlow = passed('langfuse', 31, {
  title: 'Langfuse answers',
  target: 'https://langfuse.example.com/',
  outcome: 'warn',
  reasonCode: 'slow',
  layer: 'quality',
  message: 'duration: number 410 ms is not below 300 ms',
  expectations: [
    {
      fact: 'duration',
      matcher: 'below',
      expected: 300,
      actual: 410,
      held: false,
      level: 'warn',
      explanation: 'number 410 ms is not below 300 ms',
      source: at(34, 26),
    },
  ],
  durationMs: 410,
  facts: { status: 200, duration: 410 },
  runbook: runbook('operations.md', 'langfuse', 'Langfuse', ['Look at ClickHouse']),
});

export const langfuseSkipped = passed('langfuse', 31, {
  title: 'Langfuse answers',
  target: 'https://langfuse.example.com/',
  outcome: 'skipped',
  reasonCode: 'missing-credential',
  layer: 'run',
  message: 'LANGFUSE_TOKEN is not set',
  expectations: [],
  layers: [],
  attempts: [],
  startedAt: null,
  durationMs: null,
  timings: {},
  facts: {},
  runbook: runbook('operations.md', 'credentials', 'Credentials', ['Set `LANGFUSE_TOKEN` or `LANGFUSE_TOKEN_FILE`']),
});

export const indexFlaky = passed('support-index', 15, {
  title: 'Support finds an answer',
  kind: 'mcp',
  component: 'support',
  target: 'https://support.example.com/mcp',
  owner: search,
  flaky: true,
  attempts: [attempt(1, 'fail', 'connect-reset', 31), attempt(2, 'pass', null, 90), attempt(3, 'pass', null, 88)],
  attemptsAllowed: 3,
  durationMs: 1209,
});

export const notRun = passed('site-www', 29, {
  title: 'www.example.com is reached',
  kind: 'domain',
  target: 'www.example.com',
  outcome: 'unknown',
  reasonCode: 'cancelled',
  layer: 'run',
  message: 'the run was stopped before this check was done',
  expectations: [],
  layers: [],
  attempts: [],
  startedAt: null,
  durationMs: null,
  timings: {},
  facts: {},
});
