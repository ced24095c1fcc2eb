import { Type, type Static } from 'typebox';
import { httpProperties } from '../http/schema.ts';
import { PAGE_STATES } from './page-step.ts';
import { Step } from './step-schema.ts';

const closed = { additionalProperties: false } as const;
const patterns = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 100, description }));

/** What a check writes under `page:`. */
export const Spec = Type.Object(
  {
    url: Type.String({ minLength: 1, description: 'http or https address of the page' }),
    viewport: Type.Optional(
      Type.String({ pattern: '^[0-9]{3,4}x[0-9]{3,4}$', description: 'size of the window; default 1280x720' }),
    ),
    'wait-for': Type.Optional(
      Type.Union([Type.Enum(PAGE_STATES), Type.String({ minLength: 1, title: 'a selector of Playwright' })], {
        description: 'when the page is there: a state of it, default `load`, or an element that can be seen',
      }),
    ),
    steps: Type.Optional(
      Type.Array(Step, { minItems: 1, maxItems: 100, description: 'what to do on the page, in order' }),
    ),
    headers: httpProperties.headers,
    auth: httpProperties.auth,
    'auth-state': Type.Optional(
      Type.String({
        minLength: 1,
        description: 'path of a storage state of Playwright (cookies and local storage), relative to this file',
      }),
    ),
    follow: Type.Optional(
      Type.Boolean({ description: 'true says that the page is meant to lead elsewhere; default false: a warning' }),
    ),
    'allow-private': Type.Optional(
      Type.Boolean({ description: 'true lets a public page lead to a private address; default false' }),
    ),
    'first-party': patterns(
      'hosts that belong to the site besides its own, as `static.example.com` or `*.example.com`',
    ),
    'allow-console': patterns('patterns of console errors that do not count'),
    'allow-errors': patterns('patterns of uncaught errors that do not count'),
    'allow-requests': patterns('patterns of addresses whose requests may fail'),
    dialogs: Type.Optional(
      Type.Enum(['dismiss', 'accept'], { description: 'what becomes of alerts and questions; default dismiss' }),
    ),
    tls: Type.Optional(
      Type.Object(
        { verify: Type.Optional(Type.Boolean({ description: 'false accepts any certificate; default true' })) },
        { ...closed, description: 'how TLS is spoken' },
      ),
    ),
    'connect-to': httpProperties['connect-to'],
    proxy: httpProperties.proxy,
    trace: Type.Optional(
      Type.Boolean({ description: 'true keeps a trace of Playwright when something is wrong; never with secrets' }),
    ),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
