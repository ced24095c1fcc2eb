import type { GateResult, Run } from '../../../src/model/run.ts';
import { blocked, gate, passed, run } from './build.ts';
import {
  dashboardDown,
  indexFlaky,
  indexMissing,
  langfuseSkipped,
  langfuseSlow,
  loginBlocked,
  noSuchName,
  notRun,
  redirectLoop,
  siteRight,
  supportHealth,
  wrongSite,
} from './checks.ts';
import { hostileChanges, hostileCheck } from './hostile.ts';

/** One run of each kind that a report must be able to tell. */

const dashboard = passed('dashboard', 4, { title: 'The dashboard answers', component: 'dashboard' });

const launch = (changes: Partial<GateResult>): GateResult =>
  gate('launch', { title: 'Production launch', owner: 'platform', deadline: '2026-12-01', ...changes });

const allPass = run([dashboard, supportHealth, siteRight], {
  validUntil: '2027-01-20T23:59:59.000Z',
  gates: [launch({ coverage: [{ tier: 'must', total: 3, evaluated: 3, passed: 3, waived: 0 }] })],
});

const broken = [
  dashboardDown,
  loginBlocked,
  supportHealth,
  indexMissing,
  wrongSite,
  redirectLoop,
  noSuchName,
  siteRight,
  langfuseSlow,
];

const noGo = run(broken, {
  verdict: 'NO-GO',
  reasons: ['launch: dashboard, support-index fail', 'domains: site-apex, site-shop, site-docs fail'],
  gates: [
    gate('domains', {
      title: 'Domains',
      verdict: 'NO-GO',
      blockedBy: ['site-apex', 'site-shop', 'site-docs'],
      coverage: [{ tier: 'must', total: 4, evaluated: 4, passed: 1, waived: 0 }],
    }),
    launch({
      verdict: 'NO-GO',
      needs: ['domains'],
      criteria: [
        { id: 'dashboard', tier: 'must', outcome: 'fail', waived: false, effect: 'NO-GO' },
        { id: 'dashboard-login', tier: 'must', outcome: 'blocked', waived: false, effect: 'NO-GO' },
        { id: 'support-index', tier: 'must', outcome: 'fail', waived: false, effect: 'NO-GO' },
        { id: 'langfuse', tier: 'should', outcome: 'warn', waived: false, effect: 'note' },
      ],
      blockedBy: ['dashboard', 'dashboard-login', 'support-index', 'domains'],
      notes: ['langfuse warns (slow)'],
      coverage: [
        { tier: 'must', total: 3, evaluated: 2, passed: 0, waived: 0 },
        { tier: 'should', total: 1, evaluated: 1, passed: 0, waived: 0 },
      ],
    }),
  ],
  blockers: [
    blocked(dashboardDown, {
      affects: { checks: ['dashboard-login'], gates: ['launch'] },
      since: '2026-11-20T22:10:00.000Z',
    }),
    blocked(indexMissing),
    blocked(wrongSite, { affects: { checks: [], gates: ['domains', 'launch'] } }),
    blocked(redirectLoop, { affects: { checks: [], gates: ['domains', 'launch'] } }),
    blocked(noSuchName, {
      affects: { checks: [], gates: ['domains', 'launch'] },
      next: 'Register the name or take it out of the launch',
    }),
  ],
  repair: { checks: ['dashboard', 'support-index', 'site-apex', 'site-shop', 'site-docs'], verdict: 'GO' },
  contradictions: [
    {
      component: 'support',
      claim: { check: 'support-health', says: 'pass (200, {"status":"ok"})' },
      evidence: { check: 'support-index', says: 'query_support answered "No latest index found"' },
      message: 'The health endpoint says that support is well, and its query tool does not work',
    },
  ],
  notChecked: [{ id: 'mobile-app', why: 'not selected: it is in no gate that was asked for' }],
});

const hold = run([dashboard, supportHealth, langfuseSkipped], {
  verdict: 'HOLD',
  reasons: ['launch: langfuse was skipped, so nothing is proved about it'],
  banners: ['LANGFUSE_TOKEN is not set: 1 check was skipped (langfuse)'],
  gates: [
    launch({
      verdict: 'HOLD',
      blockedBy: ['langfuse'],
      coverage: [{ tier: 'must', total: 3, evaluated: 2, passed: 2, waived: 0 }],
    }),
  ],
  blockers: [blocked(langfuseSkipped)],
  repair: { checks: ['langfuse'], verdict: 'GO' },
  notChecked: [{ id: 'langfuse', why: 'LANGFUSE_TOKEN is not set' }],
});

const conditional = run([dashboard, supportHealth, indexFlaky, langfuseSlow], {
  verdict: 'CONDITIONAL',
  reasons: ['launch: 2 conditions'],
  gates: [
    launch({
      verdict: 'CONDITIONAL',
      conditions: ['langfuse warns (slow)', 'support-index is flaky'],
      coverage: [{ tier: 'must', total: 4, evaluated: 4, passed: 3, waived: 0 }],
    }),
  ],
});

const interrupted = run([dashboard, notRun], {
  run: { ...allPass.run, finishedAt: null, durationMs: 3100, complete: false, interruptedBy: 'SIGINT' },
  verdict: 'HOLD',
  reasons: ['launch: site-www is unknown'],
  gates: [
    launch({
      verdict: 'HOLD',
      blockedBy: ['site-www'],
      coverage: [{ tier: 'must', total: 2, evaluated: 1, passed: 1, waived: 0 }],
    }),
  ],
  blockers: [blocked(notRun, { next: 'Run again and let it finish' })],
  repair: { checks: ['site-www'], verdict: 'GO' },
  notChecked: [{ id: 'site-www', why: 'the run was stopped before this check was done' }],
});

export const RUNS: ReadonlyMap<string, Run> = new Map([
  ['all-pass', allPass],
  ['no-go', noGo],
  ['hold', hold],
  ['conditional', conditional],
  ['interrupted', interrupted],
  ['hostile', run([hostileCheck], hostileChanges)],
]);
