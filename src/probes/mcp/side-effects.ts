import type { Facts } from '../../model/observation.ts';

/** Words that say, wherever they stand in a tool's name, that calling it changes something. */
const CHANGES: ReadonlySet<string> = new Set([
  ...['create', 'delete', 'deploy', 'destroy', 'drop', 'erase', 'insert', 'overwrite', 'publish', 'purge', 'rebuild'],
  ...['refresh', 'reindex', 'remove', 'rename', 'reset', 'restart', 'revoke', 'rotate', 'save', 'send', 'terminate'],
  ...['truncate', 'update', 'upload', 'upsert', 'wipe', 'write'],
]);

/** Words that say so as the verb in front: `add_note`, but not `search_add_ons`. */
const CHANGES_IN_FRONT: ReadonlySet<string> = new Set([
  ...[
    'add',
    'append',
    'apply',
    'approve',
    'archive',
    'cancel',
    'clear',
    'close',
    'commit',
    'disable',
    'edit',
    'enable',
  ],
  ...['kill', 'merge', 'modify', 'move', 'patch', 'pay', 'post', 'push', 'put', 'replace', 'restore', 'set', 'start'],
  ...['stop', 'store', 'submit', 'toggle'],
]);

/**
 * The word of a tool's name that says that it changes something: `refresh` of `refresh_index` and `refreshIndex`. A
 * server's own hints are not trusted instead.
 */
export const sideEffectOf = (tool: string): string | undefined => {
  const words = tool
    .replaceAll(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  return words.find((word, at) => CHANGES.has(word) || (at === 0 && CHANGES_IN_FRONT.has(word)));
};

/** What a server declares of a tool, as it stands in its list; anything but a boolean says nothing. */
export type Annotations = { readonly [hint: string]: unknown };

const NAMES = {
  readOnlyHint: 'read-only',
  destructiveHint: 'destructive',
  idempotentHint: 'idempotent',
  openWorldHint: 'open-world',
} as const;

/** The hints that were declared, and the one that speaks against a call without `side-effects: allow`. Pure. */
export const annotationFacts = (annotations: Annotations): Facts => {
  const declared = Object.entries(NAMES).flatMap(([hint, name]): (readonly [string, boolean])[] => {
    const value = annotations[hint];
    return typeof value === 'boolean' ? [[name, value]] : [];
  });
  const against = hintAgainst(annotations);
  return {
    ...(declared.length === 0 ? {} : { annotations: Object.fromEntries(declared) }),
    ...(against === null ? {} : { 'side-effect-hint': against }),
  };
};

/** A tool that reads only destroys nothing, whatever else is said of it: the default of `destructiveHint` is true. */
const hintAgainst = ({ readOnlyHint, destructiveHint }: Annotations): string | null => {
  if (readOnlyHint === true) return null;
  if (destructiveHint === true) return 'destructiveHint: true';
  return readOnlyHint === false ? 'readOnlyHint: false' : null;
};

/** Whether the server itself says that a call destroys something. */
export const isDestructive = (annotations: Annotations): boolean =>
  hintAgainst(annotations) === 'destructiveHint: true';
