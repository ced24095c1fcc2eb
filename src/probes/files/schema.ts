import { Type, type Static } from 'typebox';
import { SENSITIVE_KINDS } from './sensitive-kinds.ts';

const closed = { additionalProperties: false } as const;

/** One text or a list of them. */
const oneOrMore = (title: string, description: string) => {
  const text = Type.String({ minLength: 1, maxLength: 4096, title });
  return Type.Union([text, Type.Array(text, { minItems: 1, maxItems: 100, title: 'a list' })], { description });
};

/** With its type, so that a list is not taken for a wrong kind when one of its items is. */
const kind = Type.Enum(SENSITIVE_KINDS, { type: 'string' });

/** What a check writes under `files:`. */
export const Spec = Type.Object(
  {
    glob: oneOrMore(
      'a path or a pattern such as logs/*.jsonl',
      'which files: paths or patterns with * ? [] {} and **, relative to root. Letter case counts',
    ),
    root: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'folder to look in, relative to the file of the check; default the folder of that file. It must exist',
      }),
    ),
    exclude: Type.Optional(
      oneOrMore(
        'a path or a pattern such as **/node_modules',
        'paths or patterns of what is not looked at, with all that lies below',
      ),
    ),
    absent: Type.Optional(
      Type.Boolean({ description: 'true asks that nothing matches: no file, folder, link nor anything else' }),
    ),
    dotfiles: Type.Optional(
      Type.Boolean({
        description:
          'whether * ? [] and ** also stand for names that begin with a dot; default true with absent, forbid or must-not-contain, else false',
      }),
    ),
    'json-lines': Type.Optional(Type.Boolean({ description: 'true asks that every line is valid JSON' })),
    json: Type.Optional(Type.Boolean({ description: 'true reads the one file that matches as JSON' })),
    mode: Type.Optional(
      Type.String({
        pattern: '^[0-7]{3,4}$',
        title: `permissions in quotes, such as '600' or '0640'`,
        description: 'permissions that no file may exceed: 400 is within 600, and 640 is not',
      }),
    ),
    'must-contain': Type.Optional(
      oneOrMore('a pattern', 'patterns, each of which must be found in a line of every file'),
    ),
    'must-not-contain': Type.Optional(
      oneOrMore('a pattern', 'patterns, none of which may be found in a line of any file'),
    ),
    forbid: Type.Optional(
      Type.Union([kind, Type.Array(kind, { minItems: 1, title: 'a list' })], {
        description: 'what no line may hold, by built-in patterns; what is found is never shown, only where it is',
      }),
    ),
    allow: Type.Optional(
      oneOrMore('a pattern', 'patterns of what forbid may find without harm: an example key, a noreply address'),
    ),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
