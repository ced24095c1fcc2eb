import { describe, expect, it } from 'vitest';
import type { Waiver } from '../config/readiness/waivers.ts';
import type { Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import type { PlannedManual } from '../plan/plan.ts';
import { judgeRun } from './judge-run.ts';
import { manualItem, signOff, waiver } from './test-manual.ts';
import { attempt, done, gate, NOW, observed, plannedCheck, recordOf, runRecord } from './test-run.ts';

const DAY_MS = 86_400_000;

type Given = {
  readonly facts?: Facts;
  readonly kind?: string;
  readonly waivers?: readonly Waiver[];
  readonly manual?: readonly PlannedManual[];
  readonly criteria?: readonly string[];
};

/** Until when a run holds whose gate asks for `api`, `broken` (which fails, as a should) and the manual items. */
const until = ({ facts = {}, kind = 'http', waivers = [], manual = [], criteria }: Given): string | null => {
  const record = runRecord({
    checks: [
      [plannedCheck('api', { kind }), done(attempt(observed(facts)))],
      [plannedCheck('broken'), recordOf.fail],
    ],
    gates: [
      gate('launch', [], {
        criteria: [
          { id: 'api', tier: 'must' },
          ...(criteria ?? ['broken', ...manual.map(({ id }) => id)]).map((id) => ({ id, tier: 'should' as const })),
        ],
      }),
    ],
    plan: { waivers, manual },
  });
  return judgeRun(record, NOW).validUntil;
};

const certificate = (expiry: Json): Facts => ({ tls: { 'valid-to': expiry } });
const nested = (depth: number, value: Json): Json => (depth === 0 ? value : { hop: nested(depth - 1, value) });

describe('a GO holds until', () => {
  it.each<[string, Given, string | null]>([
    ['nothing ends', {}, null],
    ['a certificate expires', { facts: certificate('2027-01-01T00:00:00Z') }, '2027-01-01T00:00:00.000Z'],
    ['the certificate of a hop expires', { facts: { hops: [certificate('2027-02-01')] } }, '2027-02-01T00:00:00.000Z'],
    [
      'the first of several expires',
      { facts: { hops: [certificate('2027-02-01'), certificate('2027-01-01')] } },
      '2027-01-01T00:00:00.000Z',
    ],
    ['the facts of a tls check say', { kind: 'tls', facts: { 'valid-to': '2027-03-01' } }, '2027-03-01T00:00:00.000Z'],
    ['no other fact of that name', { facts: { 'valid-to': '2027-03-01' } }, null],
    ['a certificate with no end', { facts: { tls: {} } }, null],
    ['a certificate with what is no time', { facts: certificate('some day') }, null],
    ['a certificate with a number', { facts: certificate(1_800_000_000) }, null],
    ['what is no certificate', { facts: { tls: null, hops: [{ tls: 'none' }] } }, null],
    [
      'a certificate as deep as facts go',
      { facts: { a: nested(6, certificate('2027-01-01')) } },
      '2027-01-01T00:00:00.000Z',
    ],
    ['nothing that lies deeper', { facts: { a: nested(7, certificate('2027-01-01')) } }, null],
    ['what ended before is left out', { facts: certificate('2020-01-01') }, null],
    ['a waiver ends', { waivers: [waiver('broken')] }, '2026-12-15T00:00:00.000Z'],
    ['no waiver that accepts nothing', { waivers: [waiver('broken', { reasonCode: 'http-5xx' })] }, null],
    ['no waiver of what no gate asks for', { waivers: [waiver('broken')], criteria: [] }, null],
    [
      'a sign-off runs out',
      { manual: [manualItem('token', { validForMs: 2 * DAY_MS, signOffs: [signOff('ada')] })] },
      '2026-11-22T12:00:00.000Z',
    ],
    ['no sign-off that holds for ever', { manual: [manualItem('token', { signOffs: [signOff('ada')] })] }, null],
    [
      'no sign-off that does not count',
      { manual: [manualItem('token', { validForMs: 2 * DAY_MS, signOffs: [signOff('ada', { sameItem: false })] })] },
      null,
    ],
    [
      'no sign-off of an item that no gate asks for',
      { manual: [manualItem('token', { validForMs: 2 * DAY_MS, signOffs: [signOff('ada')] })], criteria: [] },
      null,
    ],
    [
      'the first of all these',
      {
        facts: certificate('2026-12-20'),
        waivers: [waiver('broken')],
        manual: [manualItem('token', { validForMs: 30 * DAY_MS, signOffs: [signOff('ada')] })],
      },
      '2026-12-15T00:00:00.000Z',
    ],
  ])('%s', (_what, given, time) => {
    expect(until(given)).toBe(time);
  });
});
