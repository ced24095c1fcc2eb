import { describe, expect, it } from 'vitest';
import type { SignOff } from '../config/readiness/sign-offs.ts';
import type { PlannedManual } from '../plan/plan.ts';
import { judgeManual } from './manual.ts';
import { manualItem, signOff } from './test-manual.ts';
import { NOW, runRecord } from './test-run.ts';

const { plan } = runRecord({ checks: [], gates: [] });
const decision = { options: ['hetzner', 'aws'], authority: [], due: null };

const judge = (signOffs: readonly SignOff[], given: Partial<PlannedManual> = {}) =>
  judgeManual(manualItem('cloud', { decision, signOffs, ...given }), plan, NOW);

const vote = (by: string, choice: string | null, given: Partial<SignOff> = {}) => signOff(by, { choice, ...given });

describe('a decision', () => {
  it('is open until somebody chooses', () => {
    expect(judge([])).toMatchObject({
      outcome: 'unknown',
      reasonCode: 'decision-open',
      message: 'not decided between hetzner, aws',
      choice: null,
    });
  });

  it('is made by one who chooses', () => {
    expect(judge([vote('cto', 'aws')])).toMatchObject({ outcome: 'pass', choice: 'aws' });
  });

  it('says when it is due, and when that is over', () => {
    expect(judge([], { decision: { ...decision, due: '2026-12-01' } })).toMatchObject({
      due: '2026-12-01',
      message: 'not decided between hetzner, aws, due 2026-12-01',
    });
    expect(judge([], { decision: { ...decision, due: '2026-11-20' } }).message).toContain(', overdue since 2026-11-20');
    const at = (due: string) => judge([], { decision: { ...decision, due } }).message;
    expect(at('2026-11-21T12:00:00Z')).toContain(', due 2026-11-21');
    expect(at('2026-11-21T11:59:59Z')).toContain(', overdue since 2026-11-21');
  });

  it('says who may decide', () => {
    expect(judge([], { decision: { ...decision, authority: ['cto', 'ceo'] } }).message).toBe(
      'not decided between hetzner, aws: it is for cto, ceo',
    );
  });

  it('is open while those who chose differ, and says what each chose', () => {
    expect(judge([vote('cto', 'aws'), vote('ceo', 'hetzner')])).toMatchObject({
      reasonCode: 'decision-open',
      message: 'not decided between hetzner, aws; cto: aws, ceo: hetzner',
    });
  });

  it.each([
    ['what is no option', vote('cto', 'gcp'), 'chooses "gcp", which is no option'],
    ['nothing', vote('cto', null), 'chooses "", which is no option'],
    ['for another wording', vote('cto', 'aws', { sameItem: false }), 'was for another wording'],
  ])('is not made by choosing %s', (_, chosen, said) => {
    const judged = judge([chosen]);
    expect(judged).toMatchObject({ outcome: 'unknown', choice: null });
    expect(judged.message).toContain(said);
  });

  it('is made by those alone who may', () => {
    const own = { decision: { ...decision, authority: ['cto'] } };
    expect(judge([vote('intern', 'aws')], own)).toMatchObject({ outcome: 'unknown', choice: null });
    expect(judge([vote('CTO', 'aws')], own).outcome).toBe('unknown');
    expect(judge([vote('intern', 'aws'), vote('cto', 'hetzner')], own).choice).toBe('hetzner');
  });

  it('with a quorum needs as many for one option', () => {
    const quorum = { least: 2, of: ['ada', 'grace', 'alan'] };
    expect(judge([vote('ada', 'aws'), vote('grace', 'hetzner')], { quorum }).choice).toBeNull();
    expect(judge([vote('ada', 'aws'), vote('grace', 'hetzner'), vote('alan', 'aws')], { quorum }).choice).toBe('aws');
    const own = { quorum, decision: { ...decision, authority: ['ada', 'grace'] } };
    expect(judge([vote('ada', 'aws'), vote('alan', 'aws')], own).choice).toBeNull();
  });

  it('is what somebody chose last', () => {
    const later = { at: '2026-11-20T18:00:00.000Z' };
    expect(judge([vote('cto', 'aws', later), vote('cto', 'hetzner')]).choice).toBe('aws');
    expect(judge([vote('cto', 'aws'), vote('cto', 'hetzner', { revoked: true, ...later })]).choice).toBeNull();
  });
});
