import { DEFAULT_MAX_REDIRECTS } from '../http/policy.ts';
import { defineProbe } from '../probe.ts';
import { domainDefaults } from './defaults.ts';
import { explainDomain } from './explain.ts';
import { domainFactTable } from './fact-table.ts';
import { domainProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { shownName, variantsOf } from './variants.ts';

const host = (spec: Spec): string | null => {
  if (domainProblems(spec).length > 0) return null;
  const first = variantsOf(spec).find(({ url }) => url.protocol === 'https:') ?? variantsOf(spec)[0];
  if (first === undefined) return null;
  const fallback = first.url.protocol === 'https:' ? '443' : '80';
  return `${first.url.hostname}:${first.url.port === '' ? fallback : first.url.port}`;
};

const curl = (spec: Spec): readonly string[] | null => {
  const url = domainProblems(spec).length > 0 ? undefined : variantsOf(spec)[0]?.url;
  if (url === undefined) return null;
  const max = String(spec['max-hops'] ?? DEFAULT_MAX_REDIRECTS);
  const connectTo = spec['connect-to'] === undefined ? [] : ['--connect-to', `${url.hostname}::${spec['connect-to']}:`];
  return ['curl', '-sSIL', '--max-redirs', max, ...connectTo, url.href];
};

/** A domain from every entrance: http and https, with and without www. */
export const domain = defineProbe<'domain', typeof Spec>({
  kind: 'domain',
  summary:
    'Walks http and https, with and without www, to the end of every redirect: names, loops hop by hop, certificates, and where the site really is. A parking page or the wrong site answers 200 as well: only `serves` finds it.',
  shorthand: 'name',
  facts: domainFactTable,
  target: shownName,
  host,
  layers: () => ['dns', 'tcp', 'tls', 'redirect', 'http', 'content'],
  problems: domainProblems,
  defaults: domainDefaults,
  explain: explainDomain,
  tryCommand: curl,
  load: () => import('./look.ts'),
});
