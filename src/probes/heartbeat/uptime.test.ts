import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../../model/outcome.ts';
import { uptimeOf } from './uptime.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 3);

/** A look for each letter, an hour apart, the last one an hour ago: `p` pass, `w` warn, `f` fail, `u` unknown, `.` none. */
const hourly = (letters: string) =>
  [...letters].flatMap((letter, index) => {
    const outcomes: { readonly [letter: string]: Outcome } = { p: 'pass', w: 'warn', f: 'fail', u: 'unknown' };
    const outcome = outcomes[letter];
    const at = new Date(NOW - (letters.length - index) * HOUR).toISOString();
    return outcome === undefined ? [] : [{ at, outcome }];
  });

const over = (letters: string, hours = letters.length) =>
  uptimeOf(hourly(letters), { nowMs: NOW, windowMs: hours * HOUR, holdsMs: HOUR });

test.each([
  ['pppppppppp', 1],
  ['pppppppppf', 0.9],
  ['wpppppfppf', 0.8],
  ['ffffffffff', 0],
])('%s is up for %d of the time', (letters, ratio) => {
  expect(over(letters)).toEqual({ known: true, ratio });
});

test('a look speaks until the next one, so the time counts and not the number of looks', () => {
  const looks = [
    { at: new Date(NOW - 10 * HOUR).toISOString(), outcome: 'fail' },
    ...Array.from({ length: 60 }, (_, minute) => ({
      at: new Date(NOW - 5 * HOUR + minute * 60_000).toISOString(),
      outcome: 'pass' as const,
    })),
  ] as const;
  const window = { nowMs: NOW, windowMs: 10 * HOUR, holdsMs: 5 * HOUR };
  expect(uptimeOf(looks, window)).toEqual({ known: true, ratio: 0.5 });
});

test('what was seen before the window speaks for its beginning', () => {
  expect(over('fpppppppppp', 10.5)).toEqual({ known: true, ratio: 10 / 10.5 });
});

test('looks that could not tell say nothing, and too many of them leave too little', () => {
  expect(over('pppppppppu')).toEqual({ known: true, ratio: 1 });
  expect(over('ppppppppfu')).toEqual({ known: true, ratio: 8 / 9 });
  expect(over('ppppppppuu')).toEqual({ known: false, coverage: 0.8 });
});

test('nobody was looking in a gap', () => {
  expect(over('ppp......p')).toEqual({ known: false, coverage: 0.5 });
});

test('a history that begins within the window covers too little of it', () => {
  expect(over('ppp', 24)).toEqual({ known: false, coverage: 0.125 });
  expect(over('', 24)).toEqual({ known: false, coverage: 0 });
});

test('looks that are rarer than beats speak for twice their usual distance', () => {
  const window = { nowMs: NOW, windowMs: 10 * HOUR, holdsMs: 60_000 };
  expect(uptimeOf(hourly('pp.pppfpp.'), window)).toEqual({ known: true, ratio: 0.9 });
});

test('looks from the future and times that cannot be read are left out', () => {
  const odd = [
    { at: new Date(NOW + HOUR).toISOString(), outcome: 'fail' },
    { at: 'never', outcome: 'fail' },
  ] as const;
  const window = { nowMs: NOW, windowMs: 4 * HOUR, holdsMs: HOUR };
  expect(uptimeOf([...odd, ...hourly('pppp')], window)).toEqual({ known: true, ratio: 1 });
});

test('a failure more never improves the share, and the order of looks does not matter', () => {
  const look = tuple(integer({ min: 0, max: 20 * HOUR }), constantFrom<Outcome>('pass', 'fail', 'unknown'));
  const window = { nowMs: NOW, windowMs: 10 * HOUR, holdsMs: 20 * HOUR };
  assert(
    property(array(look, { maxLength: 20 }), (looks) => {
      const results = looks.map(([ago, outcome]) => ({ at: new Date(NOW - ago).toISOString(), outcome }));
      const distinct = [...new Map(results.map((one) => [one.at, one])).values()];
      const uptime = uptimeOf(distinct, window);
      expect(uptimeOf(distinct.toReversed(), window)).toEqual(uptime);
      const failed = distinct.map((one, index) => (index === 0 ? { ...one, outcome: 'fail' as const } : one));
      const worse = uptimeOf(failed, window);
      expect(worse.known && uptime.known && worse.ratio > uptime.ratio + 1e-9).toBe(false);
    }),
  );
});
