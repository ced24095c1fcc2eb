import { familyDefaults, unreachableDefault } from '../http/family-facts.ts';
import { refreshDefault } from '../http/html/refresh-signs.ts';
import type { DefaultExpectation } from '../probe.ts';
import { landsOn } from './lands-on.ts';
import type { Spec } from './schema.ts';

type Ask = Pick<DefaultExpectation, 'fact' | 'matcher' | 'expected' | 'code'>;

const when = (condition: boolean, ask: Ask): readonly Ask[] => (condition ? [ask] : []);

const IS_TRUE = { matcher: 'equals', expected: true } as const;
const TRUE_OR_ABSENT = { matcher: 'any', expected: [[{ matcher: 'exists', expected: false }], [IS_TRUE]] } as const;

/** What a domain is asked, outermost layer first: it answers, without a loop, over valid TLS, as one right site. */
export const domainDefaults = (spec: Spec): readonly DefaultExpectation[] => {
  const https = spec.https !== 'optional';
  const target = landsOn(spec);
  const asks: readonly Ask[] = [
    { fact: 'failures', matcher: 'empty', expected: true, code: 'connect-unreachable' },
    ...when(spec.tls?.verify !== false, {
      fact: 'tls.verified',
      ...(https ? IS_TRUE : TRUE_OR_ABSENT),
      code: 'tls-untrusted',
    }),
    { fact: 'loop', matcher: 'exists', expected: false, code: 'redirect-loop' },
    { fact: 'problem', matcher: 'exists', expected: false, code: 'redirect-bad-location' },
    {
      fact: 'final-statuses',
      matcher: 'every',
      expected: [{ matcher: 'status', expected: ['2xx'] }],
      code: 'http-status',
    },
    { fact: 'variants-agree', matcher: 'equals', expected: true, code: 'redirect-unexpected-target' },
    ...when(https, { fact: 'https', matcher: 'equals', expected: true, code: 'redirect-unexpected-target' }),
    ...(target === null
      ? []
      : [{ fact: 'final-url', matcher: 'equals', expected: target, code: 'redirect-unexpected-target' } as const]),
    ...when(spec.serves !== undefined, { fact: 'serves', matcher: 'empty', expected: true, code: 'wrong-site' }),
    ...when(spec.hsts === true, { fact: 'hsts', matcher: 'equals', expected: true, code: 'assertion-failed' }),
  ];
  return [
    ...asks.map((ask): DefaultExpectation => ({ ...ask, level: 'expect' })),
    ...familyDefaults(spec),
    refreshDefault('elsewhere', 'redirect-unexpected-target'),
    unreachableDefault,
  ];
};
