import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;

/** What a check writes under `command:`. */
export const Spec = Type.Object(
  {
    argv: Type.Union(
      [
        Type.String({ minLength: 1 }),
        Type.Array(Type.String(), {
          minItems: 1,
          maxItems: 1000,
          title: 'a list of texts: the program and its arguments',
        }),
      ],
      { description: 'the program and its arguments as a list; a text is one program. No shell reads any of it' },
    ),
    cwd: Type.Optional(
      Type.String({ minLength: 1, description: 'folder to run it in; default, and where it starts: that of the file' }),
    ),
    env: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
        description:
          'variables of the program. Of ours it gets HOME, LANG, LC_*, LOGNAME, PATH, SHELL, TMPDIR, TZ and USER, and no other',
      }),
    ),
    stdin: Type.Optional(Type.String({ description: 'text that it can read; default nothing, which ends at once' })),
    artifacts: Type.Optional(
      Type.Array(Type.String({ minLength: 1, title: 'a path or a pattern such as dist/*.js' }), {
        minItems: 1,
        maxItems: 100,
        description: 'paths or patterns of files that it must write anew, relative to cwd',
      }),
    ),
    'side-effects': Type.Optional(
      Type.Literal('none', {
        description: 'the program only looks: by itself it may be run again, and triage runs it',
      }),
    ),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
