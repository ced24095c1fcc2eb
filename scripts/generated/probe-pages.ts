import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../../src/config/kinds.ts';
import { KINDS } from '../../src/config/kinds.ts';
import type { FactTable, FactType } from '../../src/model/fact.ts';
import { LAYERS } from '../../src/model/layer.ts';
import { probes } from '../../src/probes/registry.ts';
import { askedByDefault } from './asked-by-default.ts';
import { readSpecs } from './config-schema.ts';
import { closeRecords, type JsonSchema } from './json-schema.ts';
import { keyRows, keyTable } from './key-rows.ts';
import { code, page, prose, sentence, table } from './markdown.ts';
import { sampleSpecs } from './sample-spec.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** How each type of fact is shown, with the unit that an expected value takes. */
const TYPES: { readonly [Type in FactType]: string } = {
  string: 'text',
  number: 'number',
  boolean: '`true` or `false`',
  duration: 'duration (`300ms`)',
  bytes: 'size (`64KiB`)',
  ratio: 'ratio (`99.5%`)',
  time: 'time',
  status: 'HTTP status (`200`, `2xx`)',
  list: 'list',
  object: 'mapping',
  json: 'any JSON',
};

const factTable = (facts: FactTable): string =>
  table(
    ['fact', 'type', 'what it is', 'reason code'],
    Object.entries(facts).map(([name, { type, description, code: reason }]) => [
      code(name),
      TYPES[type],
      prose(description),
      reason === undefined ? '' : `[${code(reason)}](../reason-codes.md#${reason})`,
    ]),
  );

const summaries: ReadonlyMap<string, string> = new Map(
  Object.values(probes).map(({ kind, summary }) => [kind, summary]),
);

/** The layers of a spec that says nothing, and those that a key brings. */
const layersOf = (kind: Kind, schema: JsonSchema): string => {
  const { least, others } = sampleSpecs(kind, schema);
  const always = kind.layers(least);
  const brought = LAYERS.filter((layer) => !always.includes(layer)).flatMap((layer) => {
    const keys = others.filter(([, , spec]) => kind.layers(spec).includes(layer)).map(([key]) => code(`${key}:`));
    return keys.length === 0 ? [] : [[layer, [...new Set(keys)].join(' or ')] as const];
  });
  const more = [...Map.groupBy(brought, ([, keys]) => keys)].map(
    ([keys, layers]) => ` With ${keys} also ${layers.map(([layer]) => code(layer)).join(', ')}.`,
  );
  const base = `A look at ${code(kind.target(least))} passes ${always.map(code).join(', ')}.`;
  return `${base}${more.join('')} The first layer that is broken names the cause.`;
};

const hasGuide = (kind: string): boolean => existsSync(join(ROOT, 'docs', 'probes', `${kind}.md`));

const kindPage = (kind: Kind, schema: JsonSchema): string =>
  page([
    `# ${kind.kind}`,
    sentence(summaries.get(kind.kind) ?? ''),
    `A plain text stands for ${code(kind.shorthand)}: \`${kind.kind}: TEXT\` is \`${kind.kind}: { ${kind.shorthand}: TEXT }\`.`,
    ...(hasGuide(kind.kind) ? [`Worked examples and limits: [${kind.kind}](../../probes/${kind.kind}.md).`] : []),
    '## Keys',
    `What may stand under ${code(`${kind.kind}:`)}. The keys that every check has are in [the file](../file.md#checks).`,
    keyTable(keyRows(schema)),
    '## What is asked by default',
    'Each line holds until `expect:` names the same fact. A line under a condition takes the place of the one that is always asked of that fact. `fail` and `warn` say what the check becomes when it does not hold.',
    ...askedByDefault(kind, schema),
    '## Facts',
    'What `expect:` and `warn:` may name. The reason code is the one of a broken expectation that nothing else explains.',
    factTable(kind.facts),
    '## Layers',
    layersOf(kind, schema),
  ]);

const indexPage = (kinds: readonly Kind[]): string =>
  page([
    '# Probe kinds',
    'A check has exactly one probe, under the key of its kind. A probe looks and reports facts; `expect:` and `warn:` say what they must be.',
    table(
      ['kind', 'plain text stands for', 'what it does'],
      kinds.map((kind) => [
        `[${code(kind.kind)}](probes/${kind.kind}.md)`,
        code(kind.shorthand),
        sentence(summaries.get(kind.kind) ?? ''),
      ]),
    ),
    'Each page lists the keys of the kind, what it asks by default, and its facts with their types. How expected values are written is told under [matchers](matchers.md), what a broken one means under [reason codes](reason-codes.md).',
  ]);

/** The reference of probe kinds: an index, and a page for each kind of the registry. */
export const makeProbePages = async (): Promise<readonly (readonly [path: string, text: string])[]> => {
  const specs = await readSpecs();
  const kinds = [...KINDS.values()].toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
  const pages = kinds.map((kind) => {
    const schema = closeRecords(JSON.parse(JSON.stringify(specs[kind.kind])));
    return [`docs/reference/probes/${kind.kind}.md`, kindPage(kind, schema)] as const;
  });
  return [['docs/reference/probes.md', indexPage(kinds)], ...pages];
};
