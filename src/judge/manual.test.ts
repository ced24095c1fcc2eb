import { describe, expect, it } from 'vitest';
import type { SignOff } from '../config/readiness/sign-offs.ts';
import type { PlannedManual } from '../plan/plan.ts';
import { judgeManual } from './manual.ts';
import { manualItem, signOff } from './test-manual.ts';
import { NOW, runRecord } from './test-run.ts';

const { plan } = runRecord({ checks: [], gates: [] });

const judge = (signOffs: readonly SignOff[], given: Partial<PlannedManual> = {}, now: Date = NOW) =>
  judgeManual(manualItem('token', { signOffs, ...given }), plan, now);

const codeOf = (signOffs: readonly SignOff[], given: Partial<PlannedManual> = {}) =>
  judge(signOffs, given).reasonCode ?? 'pass';

const statesOf = (...parameters: Parameters<typeof judge>) => judge(...parameters).signOffs.map(({ state }) => state);

/** `sha256sum /dev/null` */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const evidence = (state: 'same' | 'changed' | 'missing') => ({ file: 'shot.png', sha256: 'b'.repeat(64), state });
const DAY_MS = 86_400_000;

describe('a sign-off', () => {
  it('makes the item pass', () => {
    expect(judge([signOff('ada')])).toMatchObject({ outcome: 'pass', reasonCode: null, message: '' });
  });

  it('that nobody gave is missing, and the message says who gives it and how', () => {
    expect(judge([])).toMatchObject({
      outcome: 'unknown',
      reasonCode: 'sign-off-missing',
      message: 'nobody has signed: it is for platform',
    });
  });

  it('holds with evidence that is the same, and shows it', () => {
    const judged = judge([signOff('ada', { evidence: evidence('same'), note: 'seen' })], { needsEvidence: true });
    expect(judged.outcome).toBe('pass');
    expect(judged.signOffs[0]).toMatchObject({ note: 'seen', evidence: { file: 'shot.png', sha256: 'b'.repeat(64) } });
  });

  it('with an empty file as evidence is worth nothing where evidence is asked for', () => {
    const nothing = { file: 'shot.png', sha256: EMPTY, state: 'same' } as const;
    const judged = judge([signOff('ada', { evidence: nothing })], { needsEvidence: true });
    expect(judged).toMatchObject({ reasonCode: 'sign-off-missing', signOffs: [{ state: 'no-evidence' }] });
    expect(judged.message).toContain('names shot.png, which is empty');
    expect(codeOf([signOff('ada', { evidence: nothing })])).toBe('pass');
  });

  it('runs out at the very end of its time', () => {
    const until = (now: string) => judge([signOff('ada')], { validForMs: DAY_MS }, new Date(now));
    expect(until('2026-11-21T11:59:59.999Z')).toMatchObject({
      outcome: 'pass',
      signOffs: [{ expiresAt: '2026-11-21T12:00:00.000Z' }],
    });
    expect(until('2026-11-21T12:00:00.000Z')).toMatchObject({
      outcome: 'unknown',
      reasonCode: 'sign-off-expired',
      message: 'the sign-off of ada (2026-11-20T12:00:00.000Z) was valid until 2026-11-21T12:00:00.000Z',
    });
  });

  it('counts from five minutes before its own time on, for clocks differ, and not earlier', () => {
    expect(statesOf([signOff('ada', { at: '2026-11-21T12:05:00.000Z' })])).toEqual(['good']);
    expect(statesOf([signOff('ada', { at: '2026-11-21T12:05:00.001Z' })])).toEqual(['in-the-future']);
    expect(codeOf([signOff('ada', { at: '2099-01-01T00:00:00Z' })])).toBe('sign-off-missing');
    expect(statesOf([signOff('ada', { at: 'some day' })], { validForMs: DAY_MS })).toEqual(['in-the-future']);
  });
});

describe('what to do about a manual item', () => {
  const section = { file: 'ops.md', anchor: 's', title: 'Signing', url: '', steps: ['Look for yourself'] };
  const withSection = { ...plan, sections: { s: section } };

  it('is its section of the runbook, whatever is missing', () => {
    const sections = { own: null, byCode: {}, default: 's' };
    for (const signOffs of [[], [signOff('ada', { sameItem: false })]]) {
      expect(judgeManual(manualItem('token', { sections, signOffs }), withSection, NOW).runbook).toEqual(section);
    }
    const byCode = { own: null, byCode: { 'sign-off-missing': 's' }, default: null } as const;
    expect(judgeManual(manualItem('token', { sections: byCode }), withSection, NOW).runbook).toEqual(section);
  });

  it('is the command that signs it', () => {
    expect(judge([]).tryCommand).toEqual(['gonogo', 'sign', 'token', '--by', 'NAME']);
    expect(judge([], { configFile: 'checks/a.yaml' }).tryCommand).toEqual([
      ...['gonogo', 'sign', 'token', '-c', 'checks/a.yaml', '--by', 'NAME'],
    ]);
    expect(judge([], { needsEvidence: true }).tryCommand?.slice(-2)).toEqual(['--evidence', 'FILE']);
    const decision = { options: ['aws', 'hetzner'], authority: [], due: null };
    expect(judge([], { decision }).tryCommand?.slice(-2)).toEqual(['--choose', 'OPTION']);
  });
});

describe('taking a sign-off back', () => {
  const taken = (given: Partial<SignOff> = {}) =>
    signOff('ada', { revoked: true, at: '2026-11-20T13:00:00.000Z', ...given });

  it('leaves none, and the message says who did', () => {
    expect(judge([signOff('ada'), taken()])).toMatchObject({
      reasonCode: 'sign-off-missing',
      message: 'nobody has signed: it is for platform; ada took a sign-off back (2026-11-20T13:00:00.000Z)',
    });
  });

  it('is undone by signing again after it', () => {
    expect(codeOf([signOff('ada'), taken(), signOff('ada', { at: '2026-11-20T14:00:00.000Z' })])).toBe('pass');
  });

  it('counts against what is older, whatever order a merge put them in', () => {
    expect(codeOf([taken(), signOff('ada')])).toBe('sign-off-missing');
    expect(codeOf([taken(), signOff('ada', { at: '2026-11-20T13:00:00.000Z' })])).toBe('sign-off-missing');
  });

  it('counts against what stands before it, whatever time its clock showed', () => {
    expect(codeOf([signOff('ada', { at: '2026-11-20T13:02:00.000Z' }), taken()])).toBe('sign-off-missing');
    expect(codeOf([signOff('ada'), taken({ at: '2026-11-19T00:00:00.000Z' })])).toBe('sign-off-missing');
  });

  it('takes back what the same person signed in another spelling', () => {
    for (const by of ['Ada', 'ADA', 'Ádá', 'аdа'])
      expect(codeOf([signOff('ada'), taken({ by })])).toBe('sign-off-missing');
  });

  it('leaves what others signed', () => {
    expect(codeOf([signOff('grace'), signOff('ada'), taken()])).toBe('pass');
  });
});

describe('the last word of a person', () => {
  it('counts, also when it is worth less than an earlier one', () => {
    const later = { at: '2026-11-20T15:00:00.000Z' };
    expect(codeOf([signOff('ada'), signOff('ada', { ...later, sameItem: false })])).toBe('sign-off-lapsed');
    expect(codeOf([signOff('ada', { ...later, sameItem: false }), signOff('ada')])).toBe('sign-off-lapsed');
    expect(statesOf([signOff('ada', { sameItem: false }), signOff('ada', later)])).toEqual(['good']);
  });

  it('is the one further down when two were given at the same time', () => {
    expect(statesOf([signOff('ada', { sameItem: false }), signOff('ada')])).toEqual(['good']);
    expect(statesOf([signOff('ada'), signOff('ada', { sameItem: false })])).toEqual(['item-changed']);
  });
});

describe('a quorum', () => {
  const quorum = { least: 2, of: ['ada', 'grace', 'alan'] };

  it('is met by as many as it asks for', () => {
    expect(codeOf([signOff('ada'), signOff('alan')], { quorum })).toBe('pass');
  });

  it('is not met by one who signs twice, or in two spellings', () => {
    expect(judge([signOff('ada'), signOff('ada')], { quorum })).toMatchObject({
      outcome: 'unknown',
      reasonCode: 'quorum-missing',
      message: '1 of 2 have signed; grace, alan can',
    });
    for (const by of ['Ada', 'ADA ', 'аda']) expect(codeOf([signOff('ada'), signOff(by)], { quorum })).not.toBe('pass');
  });

  it('is not met by others', () => {
    const judged = judge([signOff('ada'), signOff('mallory')], { quorum });
    expect(judged.reasonCode).toBe('quorum-missing');
    expect(judged.message).toContain('the sign-off of mallory (2026-11-20T12:00:00.000Z) does not count');
  });

  it('that nobody has begun is a missing sign-off that names all', () => {
    expect(judge([], { quorum }).message).toBe('nobody has signed: it is for 2 of ada, grace, alan');
  });

  it('is missed again when one of them takes it back or runs out', () => {
    const back = signOff('alan', { revoked: true, at: '2026-11-20T13:00:00.000Z' });
    expect(codeOf([signOff('ada'), signOff('alan'), back], { quorum })).toBe('quorum-missing');
    const old = signOff('alan', { at: '2026-11-01T12:00:00.000Z' });
    expect(codeOf([signOff('ada'), old], { quorum, validForMs: 7 * DAY_MS })).toBe('quorum-missing');
  });
});
