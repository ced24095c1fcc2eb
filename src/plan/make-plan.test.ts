import { describe, expect, test } from 'vitest';
import type { Check, Config, Gate } from '../config/config.ts';
import { UsageError } from '../model/fault.ts';
import { makePlan } from './make-plan.ts';
import type { SectionChoice } from './plan.ts';
import type { Selection } from './select.ts';

const position = { file: 'gonogo.yaml', line: 1, column: 1 };

const check = (id: string, changes: Partial<Check> = {}): Check => ({
  id,
  title: id,
  kind: 'http',
  spec: { url: 'https://a.example/' },
  target: 'https://a.example/',
  host: 'a.example:443',
  layers: ['dns'],
  tryCommand: null,
  component: null,
  owner: null,
  tags: [],
  needs: [],
  expectations: [],
  timeoutMs: 10_000,
  retry: { attempts: 1, delayMs: 1000 },
  eventually: null,
  samples: 1,
  mutex: null,
  heavy: false,
  maintenance: [],
  executes: false,
  changes: false,
  runbook: null,
  priority: null,
  deadline: null,
  missing: [],
  source: position,
  ...changes,
});

const gate = (id: string, must: readonly string[], needs: readonly string[] = []): Gate => ({
  id,
  title: id,
  criteria: must.map((criterion) => ({ id: criterion, tier: 'must' })),
  needs,
  owner: null,
  deadline: null,
  estimateMs: null,
  flaky: 'warn',
  source: position,
});

const config: Config = {
  name: 'launch',
  file: 'gonogo.yaml',
  environment: 'staging',
  digest: 'abc',
  checks: [
    check('page', { needs: ['tls'], tags: ['smoke'], component: 'web' }),
    check('tls', { needs: ['dns'] }),
    check('dns'),
    check('api-health', { tags: ['smoke', 'slow'], component: 'api' }),
    check('api-index', { tags: ['slow'], component: 'api' }),
  ],
  gates: [gate('launch', ['page'], ['base']), gate('base', ['dns']), gate('nightly', ['api-health', 'api-index'])],
  owners: new Map([['constructor', { id: 'constructor', contact: null, escalation: [] }]]),
  components: new Map([
    ['web', { id: 'web', title: 'Web', owner: null, runbook: { byCode: new Map(), default: null } }],
  ]),
  runbooks: [],
  controls: [],
  signOffsFile: 'signoffs.yaml',
  allowedSigners: null,
  manual: [],
  waivers: [],
  items: [],
  risks: [],
  waiverHorizonMs: 90 * 86_400_000,
  serviceLevels: {},
  scenarios: [],
  leftOut: [],
  concurrency: 4,
  perHost: 2,
  deadlineMs: 60_000,
  notify: [],
  secrets: new Map([['API_TOKEN', 'hunter2-hunter2']]),
};

const choice: SectionChoice = { own: 'ops.md#a', byCode: {}, default: null };
const plan = (selection: Partial<Selection> = {}) =>
  makePlan(config, { selectors: [], gate: null, only: [], ...selection }, {}, () => choice);
const ids = (selection: Partial<Selection> = {}): string[] => plan(selection).checks.map(({ id }) => id);
const complaint = (selection: Partial<Selection>): readonly (string | null)[] => {
  try {
    return ids(selection);
  } catch (error) {
    return error instanceof UsageError ? [error.message, error.hint] : [String(error)];
  }
};

describe('order', () => {
  test('every check comes after those that it needs, and otherwise as in the file', () => {
    expect(ids()).toEqual(['dns', 'tls', 'page', 'api-health', 'api-index']);
  });
});

describe('selection', () => {
  test.each<[string, Partial<Selection>, string[]]>([
    ['an id', { selectors: ['dns'] }, ['dns']],
    ['an id brings what it needs', { selectors: ['page'] }, ['dns', 'tls', 'page']],
    ['a pattern', { selectors: ['api-*'] }, ['api-health', 'api-index']],
    ['a pattern for one character', { selectors: ['dn?'] }, ['dns']],
    ['a tag', { selectors: ['tag:slow'] }, ['api-health', 'api-index']],
    ['a tag expression', { selectors: ['tag:slow and not smoke'] }, ['api-index']],
    ['a group', { selectors: ['tag:(smoke or slow) and not slow'] }, ['dns', 'tls', 'page']],
    ['a component', { selectors: ['component:api'] }, ['api-health', 'api-index']],
    ['selectors add up', { selectors: ['dns', 'api-index'] }, ['dns', 'api-index']],
    ['exact ids', { only: ['tls'] }, ['dns', 'tls']],
    ['a gate with the gates that it needs', { gate: 'launch' }, ['dns', 'tls', 'page']],
    ['a selector inside a gate', { gate: 'nightly', selectors: ['tag:smoke'] }, ['api-health']],
  ])('%s', (_, selection, expected) => {
    expect(ids(selection)).toEqual(expected);
  });

  test.each<[Partial<Selection>, string, string | null]>([
    [{ selectors: ['pge'] }, 'there is no check "pge"', 'did you mean "page"?'],
    [{ selectors: ['tag:slwo'] }, 'there is no tag "slwo"', 'did you mean "slow"?'],
    [{ selectors: ['component:ap'] }, 'no check belongs to a component "ap"', 'did you mean "api"?'],
    [{ selectors: ['zz*'] }, 'no check matches "zz*"', null],
    [{ selectors: ['tag:slow and'] }, '"slow and" is not a tag expression: a tag is missing at its end', null],
    [{ selectors: [''] }, 'there is no check ""', 'there are page, tls, dns, api-health, api-index'],
    [{ only: ['api-*'] }, 'there is no check "api-*"', 'there are page, tls, dns, api-health, api-index'],
    [{ gate: 'lunch' }, 'there is no gate "lunch"', 'did you mean "launch"?'],
    [
      { gate: 'nightly', selectors: ['page'] },
      'the selection is empty: nothing would be proved',
      'none of page is in the gate "nightly"',
    ],
  ])('%j names nothing, which is an error', (selection, message, hint) => {
    expect(complaint(selection)).toEqual([message, hint]);
  });
});

describe('plan', () => {
  test('what is left out is listed with why, and gates stay whole', () => {
    const { notSelected, gates } = plan({ selectors: ['dns'] });
    expect(notSelected.map(({ id }) => id)).toEqual(['page', 'tls', 'api-health', 'api-index']);
    expect(notSelected[0]?.why).toBe('not selected');
    expect(gates).toEqual(config.gates);
  });

  test('a gate that is asked for comes with the gates that it needs and no others', () => {
    const { notSelected, gates } = plan({ gate: 'launch' });
    expect(gates.map(({ id }) => id)).toEqual(['launch', 'base']);
    expect(notSelected).toContainEqual({ id: 'api-index', why: 'not in the gate "launch"' });
  });

  test('carries what judging needs, and no secret', () => {
    const made = plan();
    expect(made).toMatchObject({ name: 'launch', configDigest: 'abc', concurrency: 4, perHost: 2, deadlineMs: 60_000 });
    expect(made.checks[0]?.sections).toBe(choice);
    expect(Object.keys(made.owners)).toEqual(['constructor']);
    expect(made.components).toEqual({ web: { title: 'Web', owner: null } });
    expect(JSON.stringify(made)).not.toContain('hunter2');
  });
});
