import { parse } from 'yaml';
import { KINDS } from '../../src/config/kinds.ts';
import { textOf } from './documents.ts';

type Mapping = { readonly [key: string]: unknown };

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of a whole file, out of the published schema: they grow with the language. */
const fileKeys = (): readonly string[] => Object.keys(JSON.parse(textOf('schema/gonogo.schema.json')).properties);

const isCheck = (value: unknown): boolean => isMapping(value) && Object.keys(value).some((key) => KINDS.has(key));

const indented = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);

/** What a YAML example is: a whole file, some sections of one, entries of `checks:`, the inside of one check, or facts. */
export type Example = {
  readonly kind: 'file' | 'sections' | 'checks' | 'check' | 'expectations';
  readonly file: string;
};

const wrapped = (text: string, value: Mapping): Example | null => {
  const keys = Object.keys(value);
  if (keys.includes('version')) return { kind: 'file', file: text };
  const known = fileKeys();
  if (keys.every((key) => known.includes(key))) return { kind: 'sections', file: `version: 1\n${text}` };
  if (keys.some((key) => KINDS.has(key))) {
    return { kind: 'check', file: `version: 1\nchecks:\n  example:\n${indented(text, '    ')}` };
  }
  if (Object.values(value).every(isCheck)) {
    return { kind: 'checks', file: `version: 1\nchecks:\n${indented(text, '  ')}` };
  }
  if (keys.every((key) => key === 'expect' || key === 'warn')) {
    const kind = `    http: https://example.com/\n${indented(text, '    ')}`;
    return { kind: 'expectations', file: `version: 1\nchecks:\n  example:\n${kind}` };
  }
  return null;
};

/** A whole file around an example; null when it cannot be told what it is a part of. */
export const wrapExample = (text: string): Example | null => {
  const value: unknown = parse(text);
  return isMapping(value) ? wrapped(text, value) : null;
};

const listed = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');

/** What the entries of a section say under a key. */
const named = (file: Mapping, section: string, key: string): readonly string[] =>
  Object.values(isMapping(file[section]) ? file[section] : {}).flatMap((entry) =>
    isMapping(entry) ? listed(entry[key]) : [],
  );

const idsIn = (file: Mapping, section: string): readonly string[] =>
  Object.keys(isMapping(file[section]) ? file[section] : {});

type Wanted = {
  readonly ids: readonly string[];
  readonly tags: readonly string[];
  readonly components: readonly string[];
};

const wantedBy = (selectors: readonly string[]): Wanted => ({
  ids: selectors.filter((one) => !one.includes(':')),
  tags: selectors
    .filter((one) => one.startsWith('tag:'))
    .flatMap((one) => one.slice(4).match(/[a-z0-9][a-z0-9._-]*/g) ?? [])
    .filter((word) => !['and', 'or', 'not'].includes(word)),
  components: selectors.filter((one) => one.startsWith('component:')).map((one) => one.slice('component:'.length)),
});

const HTTP = { http: 'https://example.com/' };

const stubsOf = (ids: readonly string[], stub: (id: string) => unknown): Mapping =>
  Object.fromEntries([...new Set(ids)].map((id) => [id, stub(id)]));

/** Sections whose entries belong to one of the `owners:`. */
const OWNED = ['checks', 'components', 'gates', 'manual', 'items', 'risks'] as const;

/** Everything by which a file names checks, scenarios and manual items. */
const selectorsIn = (file: Mapping): readonly string[] => [
  ...['must', 'should', 'nice'].flatMap((tier) => named(file, 'gates', tier)),
  ...named(file, 'checks', 'needs'),
  ...named(file, 'items', 'accept'),
  ...named(file, 'risks', 'checks'),
  ...(Array.isArray(file['waivers']) ? file['waivers'] : []).flatMap((one) =>
    isMapping(one) ? listed(one['check']) : [],
  ),
];

/**
 * Stands in for what a fragment names and does not define: checks, variables, owners, components, gates, and checks with
 * a tag or of a component that a gate selects. A whole file gets none: it must be right by itself.
 */
export const stubsFor = (file: Mapping): Mapping => {
  const { ids, tags, components } = wantedBy(selectorsIn(file));
  const missing = (wanted: readonly string[], section: string): readonly string[] =>
    wanted.filter((id) => !idsIn(file, section).includes(id));
  const needed = missing(missing(missing(ids, 'checks'), 'scenarios'), 'manual');
  const owners = OWNED.flatMap((section) => named(file, section, 'owner'));
  const parts = missing([...named(file, 'checks', 'component'), ...components], 'components');
  const none = idsIn(file, 'checks').length + needed.length === 0 ? ['stub'] : [];
  const tagged = tags.filter((tag) => !named(file, 'checks', 'tags').includes(tag));
  const owned = components.filter((id) => !named(file, 'checks', 'component').includes(id));
  const variables = [...JSON.stringify(file).matchAll(/\$\{vars\.([\w-]+)\}/g)].map((match) => match[1] ?? '');
  return {
    vars: stubsOf(missing(variables, 'vars'), () => 'https://service.example'),
    owners: stubsOf(missing(owners, 'owners'), () => ({})),
    components: stubsOf(parts, () => ({})),
    gates: stubsOf(missing(named(file, 'gates', 'needs'), 'gates'), () => ({
      must: [needed[0] ?? idsIn(file, 'checks')[0] ?? 'stub'],
    })),
    checks: {
      ...stubsOf([...needed, ...none], () => HTTP),
      ...stubsOf(
        tagged.map((tag) => `stub-tag-${tag}`),
        (id) => ({ ...HTTP, tags: [id.slice('stub-tag-'.length)] }),
      ),
      ...stubsOf(
        owned.map((one) => `stub-of-${one}`),
        (id) => ({ ...HTTP, component: id.slice('stub-of-'.length) }),
      ),
    },
  };
};
