import type { CheckResult, OwnerShown, Run, RunbookSection } from '../../../src/model/run.ts';
import { passed } from './build.ts';

/** One string with something for every sink: terminals, browsers, Markdown, XML parsers and CI logs. */
export const HOSTILE = [
  '\n::error::fake\r\n##[error]fake ##vso[task.complete result=Succeeded;] ##teamcity[testFinished]',
  '\u001b[2J\u001b]0;pwned\u0007\u009b31m\b\u0000\ufffe\ud800',
  '\u202eevil\u200b\u2066\u{e0041}\u2028',
  '<script>alert(1)</script><img src=x onerror=alert(1)>"\' onload=x </style></title>--><!--]]>&amp;',
  '| a | `code` ``two`` ![i](https://evil.example/p.png) [x](javascript:alert(1)) @everyone #123 **b** https://evil.example',
].join(' ');

const OWNER: OwnerShown = { id: HOSTILE, contact: HOSTILE, escalation: [HOSTILE] };
const RUNBOOK: RunbookSection = {
  file: HOSTILE,
  anchor: HOSTILE,
  title: HOSTILE,
  url: 'javascript:alert(1)',
  steps: [HOSTILE],
};

/** A failed check in which every text that can be foreign is hostile. */
export const hostileCheck: CheckResult = passed(HOSTILE, 4, {
  title: `${HOSTILE} title`,
  kind: HOSTILE,
  target: HOSTILE,
  component: HOSTILE,
  owner: OWNER,
  tags: [HOSTILE],
  priority: HOSTILE,
  deadline: HOSTILE,
  outcome: 'fail',
  reasonCode: 'assertion-failed',
  layer: 'content',
  message: HOSTILE,
  causedBy: HOSTILE,
  expectations: [
    {
      fact: HOSTILE,
      matcher: 'equals',
      expected: HOSTILE,
      actual: HOSTILE,
      held: false,
      level: 'expect',
      explanation: HOSTILE,
      source: { file: HOSTILE, line: 1, column: 1 },
    },
    {
      fact: `${HOSTILE} 2`,
      matcher: HOSTILE,
      expected: { [HOSTILE]: HOSTILE },
      actual: [HOSTILE],
      held: false,
      level: 'warn',
      explanation: HOSTILE,
      source: null,
    },
  ],
  facts: {
    status: 200,
    method: HOSTILE,
    loop: HOSTILE,
    [HOSTILE]: HOSTILE,
    chains: [{ text: HOSTILE }, { hops: [{ url: HOSTILE, status: 301, location: HOSTILE }, { url: HOSTILE }] }],
  },
  runbook: RUNBOOK,
  tryCommand: ['curl', HOSTILE],
  evidence: [HOSTILE, 'javascript:alert(1)', 'https://evidence.example/"><script>'],
});

export const hostileChanges: Partial<Run> = {
  run: {
    id: HOSTILE,
    name: HOSTILE,
    environment: HOSTILE,
    startedAt: '2026-11-21T02:14:07.000Z',
    finishedAt: null,
    durationMs: null,
    complete: false,
    interruptedBy: HOSTILE,
    tool: { name: HOSTILE, version: HOSTILE },
    configDigest: HOSTILE,
  },
  verdict: 'NO-GO',
  reasons: [HOSTILE],
  blockers: [
    {
      cause: { check: HOSTILE, reasonCode: 'assertion-failed', layer: 'content', message: HOSTILE },
      outcome: 'fail',
      verdict: 'NO-GO',
      same: [HOSTILE],
      affects: { checks: [HOSTILE], gates: [HOSTILE] },
      owner: OWNER,
      priority: HOSTILE,
      deadline: HOSTILE,
      deadlineState: 'over',
      since: HOSTILE,
      dueAt: HOSTILE,
      overdue: true,
      runbook: RUNBOOK,
      next: HOSTILE,
    },
  ],
  gates: [
    {
      id: HOSTILE,
      title: `${HOSTILE} title`,
      owner: HOSTILE,
      deadline: HOSTILE,
      deadlineState: 'short',
      estimateMs: 1,
      verdict: 'NO-GO',
      criteria: [{ id: HOSTILE, tier: 'must', outcome: 'fail', waived: false, effect: 'NO-GO' }],
      needs: [HOSTILE],
      blockedBy: [HOSTILE],
      conditions: [HOSTILE],
      notes: [HOSTILE],
      coverage: [{ tier: 'must', total: 1, evaluated: 1, passed: 0, waived: 0 }],
    },
  ],
  repair: { checks: [HOSTILE], verdict: 'GO' },
  contradictions: [
    {
      component: HOSTILE,
      claim: { check: HOSTILE, says: HOSTILE },
      evidence: { check: HOSTILE, says: HOSTILE },
      message: HOSTILE,
    },
  ],
  banners: [HOSTILE],
  notChecked: [{ id: HOSTILE, why: HOSTILE }],
  validUntil: HOSTILE,
};
