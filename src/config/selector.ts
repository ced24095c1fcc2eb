import { suggestName } from './references.ts';
import { parseTagExpression } from './tag-expression.ts';

/** What a selector looks at. */
export type Selectable = { readonly id: string; readonly tags: readonly string[]; readonly component: string | null };

/** The ids that a selector names, in the order of the checks, or why it names none. */
export type Selection =
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly hint: () => string | null };

/** All that selectors may name. Components are those of the checks: one without checks selects nothing. */
export type SelectorIndex = {
  readonly checks: readonly Selectable[];
  readonly ids: ReadonlyMap<string, Selectable>;
  readonly tags: ReadonlyMap<string, readonly string[]>;
  readonly components: ReadonlyMap<string, readonly string[]>;
  /** The rows of an id that has a matrix. */
  readonly families: ReadonlyMap<string, readonly string[]>;
};

export const indexSelectables = (checks: readonly Selectable[]): SelectorIndex => ({
  checks,
  ids: new Map(checks.map((check) => [check.id, check])),
  tags: groupIds(checks.flatMap((check) => check.tags.map((tag) => [tag, check.id] as const))),
  components: groupIds(checks.flatMap(({ component, id }) => (component === null ? [] : [[component, id] as const]))),
  families: groupIds(
    checks.flatMap(({ id }) => (id.includes('[') ? [[id.slice(0, id.indexOf('[')), id] as const] : [])),
  ),
});

const groupIds = (pairs: readonly (readonly [key: string, id: string])[]): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>();
  for (const [key, id] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [id]);
    else group.push(id);
  }
  return groups;
};

/** Reads an id, `tag:EXPR` or `component:ID`; with `globs` also ids with `*` and `?`. A selector that names nothing is refused. */
export const select = (selector: string, index: SelectorIndex, { globs }: { readonly globs: boolean }): Selection => {
  if (selector.startsWith('tag:')) return selectByTag(selector.slice('tag:'.length), index);
  if (selector.startsWith('component:')) {
    const name = selector.slice('component:'.length).trim();
    const ids = index.components.get(name);
    const hint = (): string => suggestName(name, 'component of a check', index.components);
    return ids === undefined
      ? { ok: false, message: `no check belongs to a component "${name}"`, hint }
      : { ok: true, ids };
  }
  if (globs && /[*?]/.test(selector)) {
    const ids = index.checks.filter(({ id }) => matchesGlob(id, selector)).map(({ id }) => id);
    return ids.length > 0 ? { ok: true, ids } : refused(`no check matches "${selector}"`);
  }
  const ids = index.ids.has(selector) ? [selector] : index.families.get(selector);
  return named(ids, selector, 'check', new Map<string, unknown>([...index.ids, ...index.families]));
};

const named = (
  ids: readonly string[] | undefined,
  name: string,
  word: string,
  known: ReadonlyMap<string, unknown>,
): Selection =>
  ids === undefined
    ? { ok: false, message: `there is no ${word} "${name}"`, hint: () => suggestName(name, word, known) }
    : { ok: true, ids };

const refused = (message: string): Selection => ({ ok: false, message, hint: () => null });

const selectByTag = (text: string, index: SelectorIndex): Selection => {
  const expression = parseTagExpression(text);
  if (!expression.ok) return refused(expression.message);
  const unknown = expression.tags.find((tag) => !index.tags.has(tag));
  if (unknown !== undefined) return named(undefined, unknown, 'tag', index.tags);
  const ids = index.checks.filter(({ tags }) => expression.matches(tags)).map(({ id }) => id);
  return ids.length > 0 ? { ok: true, ids } : refused(`no check matches "tag:${text}"`);
};

/** `*` stands for any characters, `?` for one; takes time linear in the id for each star. */
const matchesGlob = (id: string, glob: string): boolean => {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < id.length;) {
    if (glob[at] === '*') {
      star = at;
      resume = index;
      at += 1;
    } else if (glob[at] === '?' || glob[at] === id[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  return /^\**$/.test(glob.slice(at));
};
