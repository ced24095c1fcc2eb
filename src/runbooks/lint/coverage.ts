import type { Check, Config } from '../../config/config.ts';
import { KINDS } from '../../config/kinds.ts';
import { catalogue } from '../../judge/catalogue.ts';
import type { Layer } from '../../model/layer.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import type { Project } from './led.ts';

const MOST_NAMED = 6;

/** Layers that every kind which passes them can break at, for any of the reasons of that layer. */
const SHARED: ReadonlySet<Layer> = new Set(['dns', 'tcp', 'tls', 'redirect', 'http']);

/** The reason codes that a check can end with, as far as its kind and its expectations tell; in their usual order. */
export const codesOf = ({ kind, layers, expectations }: Check): readonly ReasonCode[] => {
  const named = new Set<ReasonCode>([
    ...Object.values(KINDS.get(kind)?.facts ?? {}).flatMap(({ code }) => (code === undefined ? [] : [code])),
    ...expectations.flatMap(({ code }) => (code === null ? [] : [code])),
  ]);
  return REASON_CODES.filter((code) => {
    const { layer, outcome } = catalogue[code];
    return named.has(code) || (outcome === 'fail' && SHARED.has(layer) && layers.includes(layer));
  });
};

/** What can happen and leads to no section, one sentence for each component. */
export const coverageNotes = (projects: readonly Project[]): readonly string[] =>
  projects.flatMap(({ config }) => [...config.components.keys()].flatMap((id) => componentNote(id, config)));

const componentNote = (id: string, config: Config): readonly string[] => {
  const rules = config.components.get(id)?.runbook;
  const checks = config.checks.filter((check) => check.component === id && check.runbook === null);
  if (rules === undefined || rules.default !== null || checks.length === 0) return [];
  const possible = [...new Set(checks.flatMap(codesOf))];
  const without = possible.filter((code) => !rules.byCode.has(code));
  if (without.length === 0) return [];
  const more = without.length - MOST_NAMED;
  const codes = `${without.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const share = `${without.length} of the ${possible.length} reason codes that its checks can end with`;
  return [
    `the component "${id}" of ${config.file}: ${share} lead to no section: ${codes}; \`default:\` would catch them`,
  ];
};
