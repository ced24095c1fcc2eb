import { describe, expect, test } from 'vitest';
import type { NotifyOn } from '../config/notify.ts';
import type { Verdict } from '../model/outcome.ts';
import { isDue } from './notify.ts';

describe('when somebody is told', () => {
  test.each<[NotifyOn, Verdict, Verdict | null, boolean]>([
    ['always', 'GO', 'GO', true],
    ['failure', 'NO-GO', 'NO-GO', true],
    ['failure', 'HOLD', null, true],
    ['failure', 'CONDITIONAL', 'NO-GO', false],
    ['change', 'NO-GO', 'GO', true],
    ['change', 'GO', 'NO-GO', true],
    ['change', 'NO-GO', 'NO-GO', false],
    ['change', 'CONDITIONAL', 'GO', true],
    ['change', 'GO', null, false],
    ['change', 'HOLD', null, true],
  ])('on %s: %s after %s is told: %s', (on, verdict, previous, due) => {
    expect(isDue(on, 'slack', verdict, previous)).toBe(due);
  });

  test.each<[NotifyOn, Verdict | null, boolean]>([
    ['change', null, true],
    ['change', 'HOLD', true],
    ['failure', 'NO-GO', true],
    ['change', 'GO', false],
  ])('on %s an alert that may be open is ended: GO after %s is told: %s', (on, previous, due) => {
    expect(isDue(on, 'pagerduty', 'GO', previous)).toBe(due);
  });
});
