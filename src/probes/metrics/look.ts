import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { takeTurn } from '../engine/turn.ts';
import { look as lookOverHttp, lookByFamily } from '../http/look.ts';
import type { Look, ProbeContext } from '../probe.ts';
import { answerQuery } from './answer-query.ts';
import { type Exposition, readExposition } from './exposition.ts';
import { JSON_FACTS } from './fact-table.ts';
import { ACCEPT, type FormatReading, formatOf } from './format.ts';
import { quantileNames } from './quantile.ts';
import type { Spec } from './schema.ts';
import { FACT_PREFIX, type Query, readQuery } from './selector.ts';

type Asked = { readonly selector: string; readonly query: Query };

/** The selectors that the check asks about. One that cannot be read was refused when the file was loaded. */
const askedFor = ({ asked }: ProbeContext): readonly Asked[] =>
  [...new Set(asked)]
    .filter((fact) => fact.startsWith(FACT_PREFIX))
    .flatMap((fact) => {
      const selector = fact.slice(FACT_PREFIX.length);
      const reading = readQuery(selector);
      return reading.ok ? [{ selector, query: reading.query }] : [];
    });

const namesFor = (asked: readonly Asked[]): ReadonlySet<string> =>
  new Set(asked.flatMap(({ query: { how, of } }) => (how === 'quantile' ? quantileNames(of.name) : [of.name])));

const headerOf = ({ headers }: Facts, name: string): string | null => {
  const value = isJsonObject(headers) ? headers[name] : undefined;
  return typeof value === 'string' ? value : null;
};

const formatFor = ({ format = 'auto' }: Spec, facts: Facts): FormatReading =>
  format === 'auto' ? formatOf(headerOf(facts, 'content-type')) : { ok: true, format };

/** One query after the other: each may go over a hundred thousand series, so that others get their turn in between. */
const answers = async (asked: readonly Asked[], exposition: Exposition, pause: () => Promise<void>): Promise<Facts> => {
  const metrics: (readonly [string, number | string])[] = [];
  const trouble: (readonly [string, string])[] = [];
  for (const { selector, query } of asked) {
    const { value, trouble: why } = answerQuery(query, exposition);
    if (value !== undefined) metrics.push([selector, value]);
    if (why !== null) trouble.push([selector, why]);
    await pause();
  }
  return {
    metrics: Object.fromEntries(metrics),
    ...(trouble.length === 0 ? {} : { trouble: Object.fromEntries(trouble) }),
  };
};

/** Clocks differ a little; a sample from further ahead tells that one of them is wrong, and nothing of its age. */
const MOST_AHEAD_MS = 60_000;

const ageFacts = ({ newestMs }: Exposition, now: Date): Facts => {
  const ageMs = newestMs === null ? null : now.getTime() - newestMs;
  return ageMs === null || ageMs < -MOST_AHEAD_MS ? {} : { age: Math.max(0, Math.round(ageMs)) };
};

/** What the body says; the facts of an answer whose body is not read as metrics stay what they are. */
const metricFacts = async (spec: Spec, facts: Facts, context: ProbeContext): Promise<Facts> => {
  const { body, ...others } = facts;
  if (typeof body !== 'string') return { ...others, valid: false };
  const found = formatFor(spec, facts);
  if (!found.ok) return { ...others, body, valid: false, problem: found.problem };
  const { format } = found;
  const asked = askedFor(context);
  const names = namesFor(asked);
  const pause = (): Promise<void> => {
    context.signal.throwIfAborted();
    return takeTurn('read');
  };
  const reading = await readExposition(body, format, (name) => names.has(name), pause);
  if (!reading.ok) {
    const { line, problem } = reading;
    const place = line === 0 ? {} : { 'problem-line': line };
    return {
      ...others,
      body,
      format,
      valid: false,
      problem: line === 0 ? problem : `line ${line}: ${problem}`,
      ...place,
    };
  }
  const { exposition } = reading;
  return {
    ...others,
    format,
    valid: true,
    'metric-families': exposition.families,
    series: exposition.series,
    ...(spec.names === undefined ? {} : { missing: spec.names.filter((name) => !exposition.names.has(name)) }),
    ...ageFacts(exposition, context.now()),
    ...(await answers(asked, exposition, pause)),
  };
};

const isSuccess = ({ status }: Facts): boolean => typeof status === 'number' && status >= 200 && status < 300;

/** Asks as a Prometheus server would, unless the check says itself what it accepts. */
const withAccept = <Own extends Pick<Spec, 'headers'>>(spec: Own): Own => {
  const { headers = {} } = spec;
  const given = Object.keys(headers).some((name) => name.toLowerCase() === 'accept');
  return given ? spec : { ...spec, headers: { ...headers, accept: ACCEPT } };
};

const lookOnce: Look<Spec> = async (spec, context) => {
  const facts = await lookOverHttp(withAccept(spec), context);
  const ours = Object.fromEntries(Object.entries(facts).filter(([name]) => !JSON_FACTS.includes(name)));
  return isSuccess(ours) ? metricFacts(spec, ours, context) : ours;
};

const present = (name: string, { [name]: value }: Facts): JsonObject => (value === undefined ? {} : { [name]: value });

/** Scrapes once, over each family when that is asked for, and reads the body of a successful answer as metrics. */
export const look: Look<Spec> = (spec, context) =>
  lookByFamily(
    spec,
    context,
    (one) => lookOnce(one, context),
    (facts) => ({ ...present('format', facts), ...present('valid', facts) }),
  );
