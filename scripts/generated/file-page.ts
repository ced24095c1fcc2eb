import { fileSchema } from '../../src/config/schema.ts';
import { KINDS } from '../../src/config/kinds.ts';
import { closeRecords, isSchema, type JsonSchema } from './json-schema.ts';
import { alternativesOf, keyRows, keyTable, propertiesOf, valuesOf } from './key-rows.ts';
import { code, page, prose, table } from './markdown.ts';

type Section = { readonly key: string; readonly schema: JsonSchema; readonly lead: string };

/** What stands under a key of the file when it is more than one value: a mapping by id, a list, or a mapping. */
const sectionOf = (key: string, schema: JsonSchema): readonly Section[] => {
  const items = alternativesOf(schema).flatMap((one) => (isSchema(one['items']) ? [one['items']] : []));
  const values = valuesOf(schema);
  const inner = values ?? items[0] ?? schema;
  if (propertiesOf(inner).length === 0) return [];
  const listed = items.length > 0 ? `Each entry of the list ${code(`${key}:`)}` : `Under ${code(`${key}:`)}`;
  const each = values === null ? listed : `Each entry of ${code(`${key}:`)}, by its id`;
  const description = typeof inner['description'] === 'string' ? inner['description'] : '';
  return [{ key, schema: inner, lead: `${each}: ${prose(description)}.` }];
};

const KIND_LINKS = [...KINDS.keys()].toSorted().map((kind) => `[${code(kind)}](probes/${kind}.md)`);

const PLACEHOLDERS = table(
  ['placeholder', 'stands for'],
  [
    [
      '`${env.NAME}`',
      'an environment variable. One that is not set, or empty, is an error, unless the check names it under `requires:`: then that check is skipped',
    ],
    ['`${env.NAME:-value}`', 'the same, with a value for when it is not set'],
    [
      '`${secret.NAME}`',
      'a secret that `secrets:` names, from `NAME` or from the file in `NAME_FILE`. It may stand in what a probe sends or expects; without it the check is skipped',
    ],
    ['`${vars.name}`', 'a value of `vars:`, of any type when it stands alone'],
    ['`${run.id}`', 'the id of the run'],
    ['`${uuid}`', 'a new random UUID, each time'],
    ['`$${`', 'a literal `${`'],
  ],
);

/** The reference of the configuration file: every key of the schema with its description. */
export const makeFilePage = (): string => {
  const schema = closeRecords(JSON.parse(JSON.stringify(fileSchema({}))));
  const sections = propertiesOf(schema).flatMap(([key, value]) => sectionOf(key, value));
  const linked = new Set(sections.map(({ key }) => key));
  const keys = keyRows(schema)
    .filter(({ path }) => !/[.[]/.test(path))
    .map((key) => (linked.has(key.path) ? { ...key, type: `[${key.type}](#${key.path})` } : key));
  return page([
    '# The file',
    'The keys of `gonogo.yaml`. An unknown key is an error. The same as a JSON Schema, for editors: [gonogo.schema.json](../../schema/gonogo.schema.json).',
    'In the tables `NAME` stands for an id or a name that you choose, `REASON-CODE` for any [reason code](reason-codes.md).',
    keyTable(keys),
    ...sections.flatMap(({ key, schema: inner, lead }) => [
      `## ${key}`,
      lead,
      keyTable(keyRows(inner)),
      ...(key === 'checks' ? [`Beside these a check has exactly one of ${KIND_LINKS.join(', ')}.`] : []),
    ]),
    '## Placeholders',
    'Any text may hold them, but for those under `include:`, `runbooks:` and `secrets:`. A value is taken as it is: nothing in it is expanded again.',
    PLACEHOLDERS,
    'What comes from the environment is text. Where a key wants a number, `true` or `false`, it is read as one.',
    '## Selectors',
    'What a gate names under `must:`, `should:` and `nice:`, and what `gonogo run` takes as words.',
    table(
      ['selector', 'names'],
      [
        ['`dashboard-health`', 'the check with this id'],
        ['`tag:api`', 'every check with this tag'],
        [
          '`tag:api and not (slow or flaky)`',
          'a filter over tags: `and`, `or`, `not`, parentheses; in quotes on a command line',
        ],
        ['`component:dashboard`', 'every check of this component'],
        ['`dashboard-*`', 'on the command line only: every check whose id fits'],
      ],
    ),
    'A selector that names nothing is an error.',
  ]);
};
