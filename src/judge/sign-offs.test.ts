import { describe, expect, it } from 'vitest';
import type { SignOff } from '../config/readiness/sign-offs.ts';
import type { PlannedManual } from '../plan/plan.ts';
import { judgeManual } from './manual.ts';
import { manualItem, signOff } from './test-manual.ts';
import { NOW, runRecord } from './test-run.ts';

const { plan } = runRecord({ checks: [], gates: [] });
const evidence = (state: 'same' | 'changed' | 'missing') => ({ file: 'shot.png', sha256: 'b'.repeat(64), state });
const DAY_MS = 86_400_000;

const judge = (signOffs: readonly SignOff[], given: Partial<PlannedManual> = {}) =>
  judgeManual(manualItem('token', { signOffs, ...given }), plan, NOW);

describe('a sign-off that does not count', () => {
  const decision = { options: ['aws', 'hetzner'], authority: [], due: null };

  it.each<[Partial<SignOff>, Partial<PlannedManual>, string, string, string]>([
    [{}, { validForMs: 1000 }, 'expired', 'sign-off-expired', 'was valid until 2026-11-20T12:00:01.000Z'],
    [{ sameItem: false }, {}, 'item-changed', 'sign-off-lapsed', 'was for another wording of this item'],
    [
      { evidence: evidence('changed') },
      {},
      'evidence-changed',
      'sign-off-lapsed',
      'rests on shot.png, which is not the same any more',
    ],
    [
      { evidence: evidence('missing') },
      {},
      'evidence-changed',
      'sign-off-lapsed',
      'rests on shot.png, which is not there any more',
    ],
    [
      {},
      { needsEvidence: true },
      'no-evidence',
      'sign-off-missing',
      'names no evidence, and this item asks for evidence',
    ],
    [{ at: '2099-01-01T00:00:00.000Z' }, {}, 'in-the-future', 'sign-off-missing', 'is in the future'],
    [
      { signature: { state: 'absent', message: '' } },
      {},
      'unsigned',
      'sign-off-missing',
      'is not signed with a key, and only those count',
    ],
    [
      { signature: { state: 'bad', message: 'incorrect signature' } },
      {},
      'bad-signature',
      'sign-off-missing',
      'has a signature that does not hold: incorrect signature',
    ],
  ])('%j for %j is %s (%s): %s', (given, item, state, reasonCode, said) => {
    const judged = judge([signOff('ada', given)], item);
    const message = `the sign-off of ada (${given.at ?? '2026-11-20T12:00:00.000Z'}) ${said}`;
    expect(judged).toMatchObject({ outcome: 'unknown', layer: 'run', reasonCode, message, signOffs: [{ state }] });
  });

  it('is named behind what is missing, where more than one is asked for or something is to be decided', () => {
    const quorum = { least: 2, of: ['ada', 'grace'] };
    expect(judge([signOff('mallory')], { quorum })).toMatchObject({
      reasonCode: 'quorum-missing',
      message:
        '0 of 2 have signed; ada, grace can; the sign-off of mallory (2026-11-20T12:00:00.000Z) does not count: only some may sign this item',
      signOffs: [{ state: 'not-entitled' }],
    });
    expect(judge([signOff('cto', { choice: 'gcp' })], { decision })).toMatchObject({
      reasonCode: 'decision-open',
      message:
        'not decided between aws, hetzner; the sign-off of cto (2026-11-20T12:00:00.000Z) chooses "gcp", which is no option',
      signOffs: [{ state: 'no-choice' }],
    });
  });

  it('is the first of several that is told', () => {
    const { message } = judge([
      signOff('ada', { sameItem: false }),
      signOff('alan', { at: '2099-01-01T00:00:00.000Z' }),
    ]);
    expect(message).toContain('the sign-off of ada');
    expect(judge([signOff('ada', { sameItem: false }), signOff('alan')]).outcome).toBe('pass');
  });

  it('when it was taken back is told as the last that was', () => {
    const back = (by: string, at: string) => [signOff(by), signOff(by, { revoked: true, at })];
    const { message } = judge([
      ...back('ada', '2026-11-20T13:00:00.000Z'),
      ...back('alan', '2026-11-20T14:00:00.000Z'),
    ]);
    expect(message).toBe('nobody has signed: it is for platform; alan took a sign-off back (2026-11-20T14:00:00.000Z)');
    expect(judge([], { owner: null }).message).toBe('nobody has signed: it is for its owner');
  });

  it('is shown with all that is known of it', () => {
    const given = {
      choice: 'aws',
      note: 'seen',
      evidence: evidence('same'),
      signature: { state: 'good', message: '' },
    } as const;
    expect(judge([signOff('ada', given)], { validForMs: 2 * DAY_MS, decision }).signOffs).toEqual([
      {
        by: 'ada',
        at: '2026-11-20T12:00:00.000Z',
        choice: 'aws',
        note: 'seen',
        evidence: { file: 'shot.png', sha256: 'b'.repeat(64) },
        state: 'good',
        signed: true,
        expiresAt: '2026-11-22T12:00:00.000Z',
      },
    ]);
    expect(judge([signOff('ada')]).signOffs).toMatchObject([{ signed: false, evidence: null, expiresAt: null }]);
  });
});
