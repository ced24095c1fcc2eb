import { expect, test } from 'vitest';
import type { Check, Component, Config } from '../config/config.ts';
import { chooseSections } from './choose-sections.ts';
import { resolveRunbooks } from './resolve-runbooks.ts';

const source = { file: 'gonogo.yaml', line: 3, column: 5 };
const reference = (text: string) => ({ reference: text, source });

const check: Check = {
  id: 'a',
  title: 'A',
  kind: 'http',
  spec: {},
  target: 'https://a.example/',
  host: null,
  layers: [],
  tryCommand: null,
  component: 'dashboard',
  owner: null,
  tags: [],
  needs: [],
  expectations: [],
  timeoutMs: 1000,
  retry: { attempts: 1, delayMs: 0 },
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
  source,
};

const component: Component = {
  id: 'dashboard',
  title: 'Dashboard',
  owner: null,
  runbook: {
    byCode: new Map([['http-5xx', reference('ops.md#down')]]),
    default: reference('runbooks/ops.md#dashboard'),
  },
};

const configWith = (checks: readonly Check[], components: readonly Component[]): Config => ({
  name: 'test',
  file: 'gonogo.yaml',
  environment: null,
  digest: '',
  checks,
  gates: [],
  owners: new Map(),
  components: new Map(components.map((one) => [one.id, one])),
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
  concurrency: 1,
  perHost: 1,
  deadlineMs: null,
  notify: [],
  secrets: new Map(),
});

const texts = new Map([
  ['docs/runbooks/ops.md', '# Ops\n\n## Dashboard\n\n1. Look\n2. Mend\n\n## Down\n\n1. Restart\n'],
  ['docs/other/more.md', '# More\n'],
]);

test('a reference finds the section by the end of the path and the anchor, with its steps', () => {
  const { sections, problems } = resolveRunbooks(configWith([], [component]), texts);
  expect(problems).toEqual([]);
  expect(sections['ops.md#down']).toEqual({
    file: 'docs/runbooks/ops.md',
    anchor: 'down',
    title: 'Down',
    url: 'docs/runbooks/ops.md#down',
    steps: ['Restart'],
  });
  expect(sections['runbooks/ops.md#dashboard']?.steps).toEqual(['Look', 'Mend']);
});

test('the choice is the own section, then the one for the reason code, then the default of the component', () => {
  const own = { ...check, runbook: reference('more.md#more') };
  expect(chooseSections(own, configWith([own], [component]))).toEqual({
    own: 'more.md#more',
    byCode: { 'http-5xx': 'ops.md#down' },
    default: 'runbooks/ops.md#dashboard',
  });
  expect(chooseSections({ ...check, component: null }, configWith([], [component]))).toEqual({
    own: null,
    byCode: {},
    default: null,
  });
});

test.each([
  ['nowhere.md#a', 'no runbook file ends with "nowhere.md"'],
  ['ops.md#dashbord', 'docs/runbooks/ops.md has no section "#dashbord"'],
  ['s.md#x', 'no runbook file ends with "s.md"'],
])('a reference that does not resolve is a problem with its place: %s', (written, message) => {
  const { problems } = resolveRunbooks(configWith([{ ...check, runbook: reference(written) }], []), texts);
  expect(problems).toMatchObject([{ severity: 'error', message, position: source, length: written.length }]);
});

test('a wrong anchor gets the nearest one as a suggestion', () => {
  const { problems } = resolveRunbooks(configWith([{ ...check, runbook: reference('ops.md#dashbord') }], []), texts);
  expect(problems[0]?.hint).toBe('did you mean "#dashboard"?');
});

test('a file without headings is said to have none', () => {
  const empty = new Map([['docs/ops.md', 'words\n']]);
  const { problems } = resolveRunbooks(configWith([{ ...check, runbook: reference('ops.md#ops') }], []), empty);
  expect(problems[0]?.hint).toBe('it has no headings');
});

test('a file name that fits two runbooks is refused and names both', () => {
  const both = new Map([...texts, ['legacy/ops.md', '# Ops\n']]);
  const { problems } = resolveRunbooks(configWith([{ ...check, runbook: reference('ops.md#ops') }], []), both);
  expect(problems[0]?.message).toBe('"ops.md" fits 2 runbook files: docs/runbooks/ops.md, legacy/ops.md');
});
