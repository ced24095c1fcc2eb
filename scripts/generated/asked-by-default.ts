import { findFact } from '../../src/config/facts.ts';
import type { Kind } from '../../src/config/kinds.ts';
import { phrase } from '../../src/matchers/phrase.ts';
import type { Unit } from '../../src/matchers/show.ts';
import type { FactType } from '../../src/model/fact.ts';
import { isJsonObject, type Json } from '../../src/model/json.ts';
import type { JsonSchema } from './json-schema.ts';
import { code, table } from './markdown.ts';
import { FREE_TEXTS, isFreeText, sampleSpecs, type SampleSpecs } from './sample-spec.ts';

type Default = ReturnType<Kind['defaults']>[number];

/** What a key of the spec changes in the defaults of a spec that says nothing. */
type Effect = { readonly label: string; readonly added: readonly Default[]; readonly dropped: readonly string[] };

const UNITS: { readonly [Type in FactType]?: Unit } = { duration: 'ms', bytes: 'B', ratio: '%' };

const idOf = ({ fact, matcher, expected, level }: Default): string => JSON.stringify([fact, matcher, expected, level]);

/** `hsts: true`, `tls.verify: false`; only the key where the value is one of many. */
const labelOf = (key: string, value: Json): string => {
  const [inner, second] = isJsonObject(value) ? Object.entries(value) : [];
  if (inner !== undefined && second === undefined && !isFreeText(inner[0]))
    return labelOf(`${key}.${inner[0]}`, inner[1]);
  return code(typeof value === 'object' || isFreeText(value) ? `${key}:` : `${key}: ${String(value)}`);
};

const effectOf = (
  kind: Kind,
  always: readonly Default[],
  [key, value, spec]: SampleSpecs['others'][number],
): Effect => {
  const known = new Set(always.map(idOf));
  const here = kind.defaults(spec);
  const facts = new Set(here.map(({ fact }) => fact));
  return {
    label: labelOf(key, value),
    added: here.filter((one) => !known.has(idOf(one))),
    dropped: [...new Set(always.map(({ fact }) => fact))].filter((fact) => !facts.has(fact)),
  };
};

/** A component's name or a header of the sample is of no interest. */
const nameless = (fact: string): string => {
  const text = FREE_TEXTS.find((free) => fact.endsWith(`.${free}`));
  return text === undefined ? fact : `${fact.slice(0, -text.length)}NAME`;
};

const changes = ({ added, dropped }: Effect): string =>
  JSON.stringify([added.map((one) => idOf({ ...one, fact: nameless(one.fact), expected: null })), dropped]);

/** The effects of one key that differ: a single one, under the name of the key alone, when every value has the same. */
const distinct = (key: string, effects: readonly Effect[]): readonly Effect[] => {
  const [first] = effects;
  if (first !== undefined && effects.length > 1 && new Set(effects.map(changes)).size === 1) {
    return [{ ...first, label: code(`${key}:`) }];
  }
  return [...new Map(effects.toReversed().map((effect) => [effect.label, effect])).values()].toReversed();
};

const mustHold = (asked: Default, kind: Kind): string => {
  if (isFreeText(asked.expected)) return 'is what the key says';
  const found = findFact(asked.fact, kind.kind, kind.facts);
  return phrase(asked, found.ok ? (UNITS[found.definition.type] ?? null) : null);
};

const row = (condition: string, asked: Default, kind: Kind): readonly string[] => [
  condition,
  code(nameless(asked.fact)),
  mustHold(asked, kind),
  asked.level === 'expect' ? 'fail' : 'warn',
];

/** What a check of a kind is asked when it says nothing about the fact itself, as Markdown blocks. */
export const askedByDefault = (kind: Kind, schema: JsonSchema): readonly string[] => {
  const { least, others } = sampleSpecs(kind, schema);
  const always = kind.defaults(least);
  const effects = [...Map.groupBy(others, ([key]) => key)].flatMap(([key, samples]) =>
    distinct(
      key,
      samples.map((sample) => effectOf(kind, always, sample)),
    ),
  );
  return [
    table(
      ['asked', 'fact', 'must hold', 'else'],
      [
        ...always.map((one) => row('always', one, kind)),
        ...effects.flatMap(({ label, added }) => added.map((one) => row(`with ${label}`, one, kind))),
      ],
    ),
    ...effects
      .filter(({ dropped }) => dropped.length > 0)
      .map(({ label, dropped }) => `With ${label} nothing is asked of ${dropped.map(code).join(', ')}.`),
  ];
};
