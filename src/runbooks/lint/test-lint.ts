import { plannedCheck } from '../../../tests/execute/literals.ts';
import type { Check, Component, Config } from '../../config/config.ts';
import { resolveRunbooks } from '../resolve-runbooks.ts';
import { lintRunbooks } from './lint.ts';
import type { Target } from './links.ts';

const TODAY = new Date('2026-11-21T12:00:00Z');

/** For tests: a runbook with this under its title, and this in its front matter. */
export const page = (body: string, head = 'owner: shop\nlast-reviewed: 2026-11-20'): string =>
  `---\n${head}\n---\n\n# Shop\n\n${body}`;

const part = (name: string, text: string): string => `### ${name}\n\n${text}\n`;

/** For tests: a section in which nothing is wrong, but for what a test says. */
export const section = (changes: { readonly [name: string]: string } = {}, title = 'Search'): string => {
  const parts: { readonly [name: string]: string } = {
    Meaning: 'It is down.',
    Impact: 'Nobody finds anything.',
    Diagnosis: '1. Look at it: `systemctl status search`',
    Mitigation: '1. Restart it: `systemctl restart search`',
    ...changes,
  };
  return `## ${title}\n\n${Object.entries(parts)
    .map(([name, text]) => part(name, text))
    .join('\n')}`;
};

const position = { file: 'gonogo.yaml', line: 1, column: 1 };

/** For tests: a reference to a section, written somewhere. */
export const reference = (to: string) => ({ reference: to, source: position });

type Given = {
  readonly text?: string;
  readonly texts?: ReadonlyMap<string, string>;
  readonly checks?: readonly Check[];
  readonly components?: readonly Component[];
  readonly targetOf?: (path: string) => Target;
  readonly staleMs?: number;
};

/** For tests: the check that leads to the section. */
export const search = plannedCheck('search', { component: 'shop', runbook: reference('shop.md#search') });

/** For tests: what lint says of these runbooks; `said` is one line each. */
export const lint = ({
  text = page(section()),
  texts,
  checks = [search],
  components = [],
  targetOf = () => null,
  staleMs,
}: Given) => {
  const pages = texts ?? new Map([['docs/shop.md', text]]);
  const config: Config = {
    name: 'Shop',
    file: 'gonogo.yaml',
    environment: null,
    digest: 'd',
    checks,
    scenarios: [],
    manual: [],
    waivers: [],
    items: [],
    risks: [],
    signOffsFile: 'signoffs.yaml',
    allowedSigners: null,
    waiverHorizonMs: 1,
    serviceLevels: {},
    gates: [],
    owners: new Map([['shop', { id: 'shop', contact: null, escalation: [] }]]),
    components: new Map(components.map((one) => [one.id, one])),
    runbooks: [...pages.keys()],
    controls: [],
    leftOut: [],
    concurrency: 1,
    perHost: 1,
    deadlineMs: null,
    notify: [],
    secrets: new Map(),
  };
  const { sections } = resolveRunbooks(config, pages);
  const { problems, notes } = lintRunbooks({
    projects: [{ config, sections }],
    texts: pages,
    targetOf,
    today: TODAY,
    staleMs: staleMs ?? 180 * 86_400_000,
  });
  const said = problems.map(
    ({ severity, message, position: at }) => `${at?.file}:${at?.line}:${at?.column} ${severity}: ${message}`,
  );
  return { said, problems, notes };
};

/** For tests: one line for each problem. */
export const said = (given: Given) => lint(given).said;
