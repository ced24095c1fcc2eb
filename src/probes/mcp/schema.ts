import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;

/** What may stand under the key `mcp`; a plain string stands for `url`. */
export const Spec = Type.Object(
  {
    url: Type.String({ minLength: 1, description: 'The MCP endpoint, over Streamable HTTP: http or https.' }),
    era: Type.Optional(
      Type.Enum(['auto', 'modern', 'legacy'], {
        description:
          'Protocol era to speak: `modern` is 2026-07-28 (stateless), `legacy` the `initialize` handshake, `auto` (default) asks the server.',
      }),
    ),
    tool: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'The tool to call. Without it the check connects and lists the tools, and calls nothing.',
      }),
    ),
    arguments: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'The arguments of the call, as the tool takes them.' }),
    ),
    list: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'Names of tools that must be listed.' }),
    ),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'Header fields to send with every request.' }),
    ),
    auth: Type.Optional(
      Type.Object(
        { bearer: Type.String({ minLength: 1, description: 'A bearer token; give it as `${secret.NAME}`.' }) },
        closed,
      ),
    ),
    deny: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description:
          'Patterns that mark an answer as degraded, added to the built-in ones (fallback, mock, sample data). Case does not matter.',
      }),
    ),
    hits: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'JSONPath of the list of hits in the structured content, or in the JSON of the text.',
      }),
    ),
    'side-effects': Type.Optional(
      Type.Literal('allow', {
        description: 'Permits a tool whose name says that it changes something (refresh, rebuild, delete, ...).',
      }),
    ),
    tls: Type.Optional(
      Type.Object(
        {
          verify: Type.Optional(Type.Boolean({ description: 'False connects in spite of a bad certificate.' })),
          ca: Type.Optional(
            Type.String({
              minLength: 1,
              description: 'Roots to trust instead of the system ones: PEM text, or the path of a PEM file.',
            }),
          ),
        },
        closed,
      ),
    ),
    'connect-to': Type.Optional(
      Type.String({ minLength: 1, description: '`host:port` to connect to, whatever the URL says.' }),
    ),
    resolver: Type.Optional(
      Type.String({ minLength: 1, description: '`address:port` of the DNS server to ask instead of the system one.' }),
    ),
  },
  closed,
);

export type Spec = Static<typeof Spec>;
