import type { Format } from './format.ts';

/** What is known of a metric: what was declared, and whether samples came. */
export type Family = {
  type: string | null;
  help: boolean;
  unit: string | null;
  samples: number;
};

/** The metrics of an exposition so far; `current` is the one whose lines are being read. */
export type Families = {
  readonly format: Format;
  readonly byName: Map<string, Family>;
  current: string | null;
};

export const noFamilies = (format: Format): Families => ({ format, byName: new Map(), current: null });

const PROMETHEUS_TYPES: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped']);

/** The endings that the samples of a type have in OpenMetrics. */
const OPENMETRICS_ENDINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['counter', ['_total', '_created']],
  ['gauge', ['']],
  ['histogram', ['_bucket', '_count', '_sum', '_created']],
  ['gaugehistogram', ['_bucket', '_gcount', '_gsum']],
  ['stateset', ['']],
  ['info', ['_info']],
  ['summary', ['', '_count', '_sum', '_created']],
  ['unknown', ['']],
]);

/** The endings of the samples that belong to a metric of several values in Prometheus text. */
const PROMETHEUS_ENDINGS = ['_bucket', '_count', '_sum'] as const;

const cut = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}...` : name);

const isType = (word: string, format: Format): boolean =>
  format === 'prometheus' ? PROMETHEUS_TYPES.has(word) : OPENMETRICS_ENDINGS.has(word);

/** Makes this family the current one. Answers why that is not allowed; null when it is. */
const enter = (families: Families, name: string): string | null => {
  if (families.current === name) return null;
  families.current = name;
  if (!families.byName.has(name)) {
    families.byName.set(name, { type: null, help: false, unit: null, samples: 0 });
    return null;
  }
  return families.format === 'openmetrics' ? `the lines of ${cut(name)} do not stand together` : null;
};

const hasSamples = ({ byName }: Families, name: string, type: string): boolean => {
  const parts = type === 'histogram' || type === 'summary' ? ['', ...PROMETHEUS_ENDINGS] : [''];
  return parts.some((ending) => (byName.get(`${name}${ending}`)?.samples ?? 0) > 0);
};

/** Takes in `TYPE`. Answers what is wrong with it; null when nothing is. */
export const declareType = (families: Families, name: string, type: string): string | null => {
  if (type === '') return 'TYPE tells no type';
  if (!isType(type, families.format)) return `${JSON.stringify(type.slice(0, 40))} is no type of a metric`;
  const flaw = enter(families, name);
  const family = families.byName.get(name);
  if (flaw !== null || family === undefined) return flaw;
  if (family.type !== null) return `the type of ${cut(name)} is told twice`;
  if (hasSamples(families, name, type)) return `the type of ${cut(name)} is told after a sample of it`;
  family.type = type;
  return null;
};

/** Takes in `HELP`. */
export const declareHelp = (families: Families, name: string): string | null => {
  const flaw = enter(families, name);
  const family = families.byName.get(name);
  if (flaw !== null || family === undefined) return flaw;
  if (family.help) return `the help of ${cut(name)} is told twice`;
  family.help = true;
  return families.format === 'openmetrics' && family.samples > 0
    ? `the help of ${cut(name)} is told after a sample`
    : null;
};

/** Takes in `UNIT`, which only OpenMetrics has. */
export const declareUnit = (families: Families, name: string, unit: string): string | null => {
  const flaw = enter(families, name);
  const family = families.byName.get(name);
  if (flaw !== null || family === undefined) return flaw;
  if (family.unit !== null) return `the unit of ${cut(name)} is told twice`;
  family.unit = unit;
  return unit === '' || name.endsWith(`_${unit}`) ? null : `${cut(name)} does not end with its unit, _${cut(unit)}`;
};

/** The family that a sample belongs to in Prometheus text, where lines need not stand together. */
const ownerInPrometheus = ({ byName }: Families, sample: string): string => {
  for (const ending of PROMETHEUS_ENDINGS) {
    if (!sample.endsWith(ending)) continue;
    const name = sample.slice(0, -ending.length);
    const type = byName.get(name)?.type;
    if (type === 'histogram' || (type === 'summary' && ending !== '_bucket')) return name;
  }
  return sample;
};

/** The current family when the sample fits its type, else a family of its own. */
const ownerInOpenMetrics = ({ byName, current }: Families, sample: string): string => {
  const type = current === null ? null : (byName.get(current)?.type ?? 'unknown');
  const endings = OPENMETRICS_ENDINGS.get(type ?? '') ?? [];
  return current !== null && endings.some((ending) => sample === `${current}${ending}`) ? current : sample;
};

/** Counts a sample for its family. Answers why it cannot stand here; null when it can. */
export const countSample = (families: Families, sample: string): string | null => {
  const owner =
    families.format === 'prometheus' ? ownerInPrometheus(families, sample) : ownerInOpenMetrics(families, sample);
  const declared = families.byName.get(owner)?.type ?? null;
  const endings = OPENMETRICS_ENDINGS.get(declared ?? '') ?? [''];
  if (families.format === 'openmetrics' && owner === sample && !endings.includes('')) {
    return `${cut(sample)} is no sample of a ${declared}: expected ${endings.map((ending) => cut(owner) + ending).join(' or ')}`;
  }
  const flaw = enter(families, owner);
  const family = families.byName.get(owner);
  if (family !== undefined) family.samples += 1;
  return flaw;
};
