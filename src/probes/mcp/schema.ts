import { Type, type Static } from 'typebox';
import { answerProperties, goldenProperty } from '../answer/schema.ts';

const closed = { additionalProperties: false } as const;
const text = { minLength: 1 } as const;

/** What may stand under the key `mcp`; a plain string stands for `url`. A server has a `url` or a `command`. */
export const Spec = Type.Object(
  {
    url: Type.Optional(Type.String({ ...text, description: 'The MCP endpoint: http or https.' })),
    command: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        maxItems: 1000,
        title: 'a list of texts: the program and its arguments',
        description: 'The program of a server over stdio, with its arguments. It is started and ended by each look.',
      }),
    ),
    env: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
        description:
          'Variables of the program. Of ours it gets HOME, LANG, LC_*, LOGNAME, PATH, SHELL, TMPDIR, TZ and USER, and no other.',
      }),
    ),
    cwd: Type.Optional(
      Type.String({
        ...text,
        description: 'Folder to run the program in; default, and where it starts: that of the file.',
      }),
    ),
    transport: Type.Optional(
      Type.Enum(['auto', 'http', 'sse', 'stdio'], {
        description:
          'How to talk: `http` is Streamable HTTP, `sse` the older HTTP+SSE of two endpoints. `auto` (default) is `stdio` for a `command`; for a `url` it is `http`, and `sse` when there is no endpoint of that sort.',
      }),
    ),
    era: Type.Optional(
      Type.Enum(['auto', 'modern', 'legacy'], {
        description:
          'Protocol era to speak: `modern` is 2026-07-28 (stateless), `legacy` the `initialize` handshake, `auto` (default) asks the server.',
      }),
    ),
    tool: Type.Optional(
      Type.String({
        ...text,
        description: 'The tool to call. Without it the check connects and lists the tools, and calls nothing.',
      }),
    ),
    arguments: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'The arguments of the call, as the tool takes them. With `golden:`, `{{question}}` stands for the question.',
      }),
    ),
    'check-arguments': Type.Optional(
      Type.Boolean({
        description:
          'False sends arguments that do not fit the input schema of the tool all the same: to see it refuse them.',
      }),
    ),
    list: Type.Optional(
      Type.Array(Type.String(text), { minItems: 1, description: 'Names of tools that must be listed.' }),
    ),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'Header fields to send with every request.' }),
    ),
    auth: Type.Optional(
      Type.Object(
        { bearer: Type.String({ ...text, description: 'A bearer token; give it as `${secret.NAME}`.' }) },
        closed,
      ),
    ),
    ...answerProperties,
    golden: goldenProperty,
    'side-effects': Type.Optional(
      Type.Literal('allow', {
        description:
          'Permits a tool whose name says that it changes something (refresh, rebuild, delete, ...), or of which the server says so. It is called once, and never again by itself.',
      }),
    ),
    'stdout-noise': Type.Optional(
      Type.Literal('warn', {
        description: 'Makes other lines on the stdout of a program a warning: stdout belongs to the protocol.',
      }),
    ),
    tls: Type.Optional(
      Type.Object(
        {
          verify: Type.Optional(Type.Boolean({ description: 'False connects in spite of a bad certificate.' })),
          ca: Type.Optional(
            Type.String({
              ...text,
              description: 'Roots to trust instead of the system ones: PEM text, or the path of a PEM file.',
            }),
          ),
        },
        closed,
      ),
    ),
    'connect-to': Type.Optional(
      Type.String({ ...text, description: '`host:port` to connect to, whatever the URL says.' }),
    ),
    resolver: Type.Optional(
      Type.String({ ...text, description: '`address:port` of the DNS server to ask instead of the system one.' }),
    ),
  },
  closed,
);

export type Spec = Static<typeof Spec>;
