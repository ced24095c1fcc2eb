import type { SignOff } from '../config/readiness/sign-offs.ts';
import type { Waiver } from '../config/readiness/waivers.ts';
import type { PlannedManual } from '../plan/plan.ts';

/** Builders of manual items, sign-offs and waivers for tests, all of them good on the day of the test runs. */

const DIGEST = 'a'.repeat(64);

export const manualItem = (id: string, given: Partial<PlannedManual> = {}): PlannedManual => ({
  id,
  title: `The item ${id}`,
  component: null,
  owner: 'platform',
  tags: [],
  runbook: null,
  priority: null,
  deadline: null,
  source: { file: 'gonogo.yaml', line: 3, column: 1 },
  validForMs: null,
  quorum: null,
  decision: null,
  needsEvidence: false,
  digest: DIGEST,
  signOffs: [],
  sections: { own: null, byCode: {}, default: null },
  configFile: 'gonogo.yaml',
  ...given,
});

export const signOff = (by: string, given: Partial<SignOff> = {}): SignOff => ({
  item: 'token',
  by,
  at: '2026-11-20T12:00:00.000Z',
  revoked: false,
  choice: null,
  note: null,
  definition: DIGEST,
  sameItem: true,
  evidence: null,
  signature: null,
  ...given,
});

export const waiver = (check: string, given: Partial<Waiver> = {}): Waiver => ({
  check,
  reasonCode: 'assertion-failed',
  reason: 'moved next week',
  owner: 'platform',
  approvedBy: 'cto',
  expires: '2026-12-15',
  source: { file: 'gonogo.yaml', line: 9, column: 5 },
  ...given,
});
