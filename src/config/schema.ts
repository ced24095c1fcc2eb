import type { TSchema } from 'typebox';
import { Type } from 'typebox';
import { REASON_CODES } from '../model/reason-code.ts';

/**
 * The configuration file as it is written. Used at build time only: `scripts/generate.ts` makes the published JSON
 * Schema and the validator from it. `title` is how messages name what was expected.
 */

const object = (properties: Record<string, TSchema>, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const optional = (properties: Record<string, TSchema>, description: string) =>
  object(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)])),
    description,
  );

export const ID_PATTERN = '^[a-z0-9][a-z0-9._-]{0,99}$';
/** An id, or a row of an id with a matrix. */
const ROW_PATTERN = `${ID_PATTERN.slice(0, -1)}(\\[.*\\])?$`;
const VARIABLE_PATTERN = '^[A-Za-z_][A-Za-z0-9_]*$';

const PRIORITIES = ['P0', 'P1', 'P2', 'P3'];

const text = (description: string) => Type.String({ minLength: 1, title: 'a text that is not empty', description });
const id = (description: string) => Type.String({ minLength: 1, maxLength: 200, title: 'an id', description });
const ids = (description: string) => Type.Array(id('an id'), { description });
const DURATION = '[0-9]{1,9}(\\.[0-9]{1,3})?(ms|s|m|h|d)$';
const duration = (description: string) =>
  Type.String({
    pattern: `^(?![0.]*[a-z])${DURATION}`,
    title: 'a duration longer than zero with a unit, such as 500ms, 10s or 15m',
    description,
  });
const pause = (description: string) =>
  Type.String({ pattern: `^${DURATION}`, title: 'a duration with a unit, such as 500ms, 10s or 15m', description });
const integer = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, title: `a whole number from ${minimum} to ${maximum}`, description });
const date = (description: string) =>
  Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$',
    title: 'a date such as 2026-12-01 or a time such as 2026-12-01T09:30:00Z',
    description,
  });
const variableNames = (description: string) =>
  Type.Array(
    Type.String({ pattern: VARIABLE_PATTERN, title: 'the name of an environment variable', description: 'a name' }),
    { description },
  );
const globs = (description: string) => Type.Array(text('a path or a pattern such as checks/*.yaml'), { description });
const mapOf = (value: TSchema, description: string, pattern: string = ID_PATTERN) =>
  Type.Record(Type.String(), value, {
    propertyNames: { pattern, title: 'an id of lower-case letters, digits, ".", "_" and "-", up to 100' },
    description,
  });
const reference = (description: string) =>
  Type.String({
    pattern: '^[^#\\s]+#[^#\\s]+$',
    title: 'a runbook section as FILE#anchor',
    description,
  });

const retry = optional(
  {
    attempts: integer(1, 20, 'how often to look at most, the first time included'),
    delay: pause('how long to wait before the second look; doubles each time'),
  },
  'another look when the reason can be transient; two passes in a row count, and such a pass is marked flaky',
);

const expectations = (description: string) =>
  Type.Record(Type.String(), Type.Unknown({ description: 'a value that must be equal, or matchers' }), { description });

const anyScalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
  title: 'a text, a number, true or false',
});
const matrix = Type.Union(
  [
    Type.Record(Type.String(), Type.Array(anyScalar), { title: 'a mapping of names to lists' }),
    Type.Array(Type.Record(Type.String(), anyScalar), { title: 'a list of rows' }),
  ],
  { description: 'one of these for each combination of values, or for each row; ${matrix.NAME} stands for the value' },
);
const when = object(
  {
    environment: Type.Array(id('an environment'), { minItems: 1, description: 'the environments in which it counts' }),
  },
  'where it counts: in any other environment it is left out, and no gate asks for it',
);

/** The keys of every check, beside the one that names its kind. */
const commonKeys = {
  title: text('what is true when the check passes, as a sentence; the id when it is left out'),
  component: id('the component that it belongs to'),
  owner: id('who answers for it; the owner of the component when it is left out'),
  tags: Type.Array(
    Type.String({ pattern: '^[a-z0-9][a-z0-9._-]*$', title: 'a tag of lower-case letters, digits, ".", "_" and "-"' }),
    { description: 'for selecting and for gates' },
  ),
  needs: ids('checks that must be good before this one is looked at'),
  requires: variableNames('environment variables without which the check is skipped'),
  timeout: duration('how long one look may take; default 10s'),
  retry,
  eventually: object(
    {
      within: duration('how long to look again until the check passes'),
      every: Type.Optional(duration('how long to wait between looks; default 1s')),
      stop: Type.Optional(
        Type.Record(Type.String(), Type.Unknown({ description: 'a value that must be equal, or matchers' }), {
          minProperties: 1,
          description: 'facts after which nothing will change any more: once one of them holds, it fails at once',
        }),
      ),
    },
    'looks again until the check passes or the time is over',
  ),
  samples: integer(2, 1000, 'how many looks; then duration takes p50, p95, p99, max and mean'),
  matrix,
  when,
  mutex: text('checks with the same word never run at the same time'),
  expect: expectations('facts that must hold, else the check fails'),
  warn: expectations('facts that should hold, else the check warns'),
  runbook: reference('what to do when this check is not good'),
  priority: Type.Enum(PRIORITIES, { description: 'how urgent a break is; P0 is the most urgent' }),
  deadline: date('until when a break has to be mended, for the report'),
};

/** For the test that compares them with `common-keys.ts`, which is cheap to import. */
export const SCHEMA_COMMON_KEYS: readonly string[] = Object.keys(commonKeys);

const stepKeys = {
  name: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$',
    title: 'a short name',
    description: 'its name; the kind of its probe when it is left out',
  }),
  use: id('the fragment whose steps stand here instead'),
  with: Type.Record(Type.String(), Type.Unknown({ description: 'any value' }), {
    description: 'the parameters of the fragment',
  }),
  each: Type.Array(Type.Unknown({ description: 'any value' }), {
    minItems: 1,
    maxItems: 100,
    description: 'values for which the step is made, one after the other: ${each.value} and ${each.index}',
  }),
  repeat: integer(1, 100, 'how often the step is made, one after the other: ${each.index}'),
  if: Type.Record(Type.String(), Type.Unknown({ description: 'a value that must be equal, or matchers' }), {
    description: 'what captured values must be for the step to be made; by the name of the value',
  }),
  capture: Type.Record(
    Type.String(),
    Type.Union(
      [
        text('a JSONPath or the name of a fact'),
        optional(
          {
            json: text('a JSONPath into the answer'),
            header: text('the name of a header of the answer'),
            cookie: text('the name of a cookie of the session'),
            body: text('a pattern; its first group, or all of it'),
            fact: text('the name of a fact'),
            secret: Type.Boolean({ description: 'true hides the value in every report' }),
          },
          'where the value comes from',
        ),
      ],
      { description: 'where the value comes from' },
    ),
    {
      propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_.-]*$', title: 'a name of letters, digits, "_" and "-"' },
      description: 'values for later steps, as ${captured.name}; one that is not there fails the step',
    },
  ),
  'continue-on-failure': Type.Boolean({ description: 'true goes on to the next step whatever comes of this one' }),
  title: commonKeys.title,
  timeout: commonKeys.timeout,
  retry: commonKeys.retry,
  eventually: commonKeys.eventually,
  samples: commonKeys.samples,
  requires: commonKeys.requires,
  expect: commonKeys.expect,
  warn: commonKeys.warn,
};

const scenarioOf = (kinds: Readonly<Record<string, TSchema>>) => {
  const step = optional({ ...stepKeys, ...kinds }, 'one look, as in a check, and what it leaves for the next');
  const steps = Type.Array(step, { minItems: 1, description: 'what is done, in order' });
  const { title, component: part, owner, tags, needs, requires, runbook, priority, deadline, mutex } = commonKeys;
  return {
    fragment: optional(
      {
        parameters: Type.Array(id('a parameter'), { description: 'names for ${with.name}; each has to be given' }),
        steps,
        returns: Type.Array(id('a captured value'), {
          description: 'captured values that are known after the fragment',
        }),
      },
      'steps that scenarios share',
    ),
    scenario: optional(
      {
        ...{ title, component: part, owner, tags, needs, requires, matrix, when, mutex, runbook, priority, deadline },
        within: duration('how long all steps may take together'),
        steps,
        cleanup: Type.Array(step, { minItems: 1, description: 'what is always done at the end, whatever came before' }),
      },
      'a smoke flow: steps in order, in one session',
    ),
  };
};

const component = optional(
  {
    title: text('its name; the id when it is left out'),
    owner: id('who answers for it'),
    runbook: Type.Union(
      [
        reference('the section for any reason'),
        optional(
          {
            default: reference('the section when no reason code below fits'),
            ...Object.fromEntries(REASON_CODES.map((code) => [code, reference(`the section for ${code}`)])),
          },
          'the section by reason code',
        ),
      ],
      { description: 'what to do when a check of this component is not good' },
    ),
  },
  'a part of the system',
);

const gate = optional(
  {
    title: text('its name; the id when it is left out'),
    must: Type.Array(text('a check, tag:EXPR or component:ID'), { description: 'without these there is no GO' }),
    should: Type.Array(text('a check, tag:EXPR or component:ID'), { description: 'a break of these is a condition' }),
    nice: Type.Array(text('a check, tag:EXPR or component:ID'), { description: 'a break of these is a note' }),
    needs: ids('gates whose verdict this one cannot exceed'),
    owner: id('who decides'),
    deadline: date('when it is decided'),
    estimate: duration('how long it is expected to take until it can be GO'),
    flaky: Type.Enum(['warn', 'fail', 'ignore'], { description: 'what a flaky pass counts as; default warn' }),
  },
  'criteria that give one verdict',
);

const defaults = optional(
  {
    timeout: duration('how long one look may take; default 10s'),
    retry,
    concurrency: integer(1, 1024, 'checks at the same time; default 64'),
    'per-host': integer(1, 1024, 'checks at the same time against one host; default 8'),
    'waiver-horizon': duration('a waiver that expires later than that from now on does not count; default 90d'),
    deadline: duration('how long the whole run may take; what is left by then is unknown. No limit by default'),
  },
  'what checks take when they do not say otherwise; only in the file that is started from',
);

const CLOCK = '^([01][0-9]|2[0-3]):[0-5][0-9]$';
const clockTime = (description: string) =>
  Type.String({ pattern: CLOCK, title: 'a time of day such as 02:30', description });
const instant = (description: string) =>
  Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$',
    title: 'a time such as 2026-12-01T09:30:00Z',
    description,
  });
const maintenance = optional(
  {
    title: text('what is done then'),
    checks: Type.Array(text('a check, tag:EXPR or component:ID'), {
      minItems: 1,
      description: 'what it is about; every check when it is left out',
    }),
    from: instant('when a single window begins'),
    to: instant('when a single window ends'),
    weekly: object(
      {
        days: Type.Array(Type.Enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), {
          minItems: 1,
          description: 'the days on which it begins',
        }),
        from: clockTime('when it begins, by the clock of the zone'),
        to: clockTime('when it ends; on the next day when that is not after the beginning'),
        zone: text('the time zone, such as Europe/Berlin or UTC'),
      },
      'a window of every week',
    ),
  },
  'a time in which checks are not looked at: they are unknown, and a must among them means HOLD',
);

const manualItem = optional(
  {
    title: text('what is true when it is signed, as a sentence; the id when it is left out'),
    component: id('the component that it belongs to'),
    owner: id('who answers for it; the owner of the component when it is left out'),
    tags: commonKeys.tags,
    runbook: commonKeys.runbook,
    priority: commonKeys.priority,
    deadline: commonKeys.deadline,
    'valid-for': duration('how long a sign-off holds; for ever when it is left out'),
    quorum: text(
      'how many of whom must sign, such as 2 of [ada, grace, alan]; one, whoever it is, when it is left out',
    ),
    evidence: Type.Boolean({ description: 'true asks for a file of evidence with each sign-off' }),
    decision: object(
      {
        options: Type.Array(text('an option'), { minItems: 2, description: 'what can be chosen' }),
        authority: Type.Optional(Type.Array(text('a name'), { minItems: 1, description: 'who may decide' })),
        due: Type.Optional(date('when it has to be decided')),
      },
      'a choice between options; open until one is chosen',
    ),
  },
  'something that only a person can attest: a sign-off, or a decision',
);

const waiver = object(
  {
    check: id('the check, scenario or manual item'),
    'reason-code': Type.Enum(REASON_CODES, { title: 'a reason code', description: 'the only reason that is accepted' }),
    reason: text('why it is accepted'),
    owner: text('who carries the risk'),
    'approved-by': text('who agreed: somebody else'),
    expires: date('when it ends'),
  },
  'an accepted break of one check for one reason; it is looked at all the same',
);

const workItem = optional(
  {
    title: text('what is to be done; the id when it is left out'),
    group: text('what it is part of, such as a convoy'),
    owner: id('who does it'),
    'blocked-by': ids('work items that have to be done before'),
    estimate: duration('how long it takes'),
    accept: Type.Array(text('a check, scenario, manual item, tag:EXPR or component:ID'), {
      minItems: 1,
      description: 'what shows that it is done',
    }),
    done: Type.Boolean({ description: 'what is claimed; where checks show otherwise, the run says so' }),
    optional: Type.Boolean({ description: 'true for what a launch can do without' }),
    deadline: date('until when it has to be done'),
  },
  'a piece of work on the way to a launch',
);

const risk = optional(
  {
    title: text('what may go wrong; the id when it is left out'),
    impact: text('what that would mean'),
    mitigation: text('what is done about it'),
    owner: id('who watches it'),
    checks: Type.Array(text('a check, scenario, manual item, tag:EXPR or component:ID'), {
      minItems: 1,
      description: 'what would show it',
    }),
  },
  'something that may go wrong, with its live state',
);

const notification = optional(
  {
    on: Type.Enum(['change', 'always', 'failure'], {
      description:
        'when to tell: the verdict is another one than they know of (default), always (default of github), or it is NO-GO or HOLD',
    }),
    when,
    'runbooks-url': text('what the paths of runbooks are appended to, so that they can be followed'),
    webhook: object(
      {
        url: text('where the announcement is posted, as JSON'),
        headers: Type.Optional(
          Type.Record(Type.String(), Type.String(), { description: 'headers; credentials come from secrets' }),
        ),
      },
      'a server of your own',
    ),
    slack: object({ url: text('the URL of an incoming webhook, from a secret') }, 'a channel of Slack'),
    pagerduty: object(
      {
        'routing-key': text('the integration key of an Events API v2 integration, from a secret'),
        url: Type.Optional(text('another address than https://events.pagerduty.com/v2/enqueue')),
      },
      'an alert of PagerDuty: triggered while the verdict is NO-GO or HOLD, and resolved when it is not',
    ),
    github: object(
      {
        repository: text('owner/name'),
        commit: text('the whole hash of the commit'),
        token: text('a token that may write commit statuses, from a secret'),
        context: Type.Optional(text('the name of the status; default gonogo')),
        'target-url': Type.Optional(text('where the status leads to')),
        url: Type.Optional(text('another API than https://api.github.com')),
      },
      'the status of a commit on GitHub',
    ),
  },
  'somebody who is told of the verdict, once the reports are written',
);

/** The whole file, given the schema of every probe kind by its key. */
export const fileSchema = (kinds: Readonly<Record<string, TSchema>>) => {
  const { scenario, fragment } = scenarioOf(kinds);
  const check = optional({ ...commonKeys, ...kinds }, 'one question about a system: one probe, and what is expected');
  return optional(
    {
      $schema: Type.String({ description: 'for editors' }),
      version: Type.Literal(1, {
        description: 'the version of this language; needed in the file that is started from',
      }),
      name: text('what is decided; the name of the file when it is left out. In an included file it is only a note'),
      include: globs('other files of this form, relative to this one'),
      runbooks: globs('Markdown files that runbook references may point into, relative to this file'),
      vars: Type.Record(Type.String(), Type.Unknown({ description: 'any value' }), {
        propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_-]*$', title: 'a name of letters, digits, "_" and "-"' },
        description: 'values for ${vars.name}; may hold placeholders themselves',
      }),
      environments: mapOf(
        optional(
          {
            vars: Type.Record(Type.String(), Type.Unknown({ description: 'any value' }), {
              description: 'instead of vars',
            }),
          },
          'what differs in this environment',
        ),
        'environments by id, chosen with --environment; only in the file that is started from',
      ),
      secrets: variableNames('variables whose values are never shown; read from NAME or from the file in NAME_FILE'),
      defaults,
      owners: mapOf(
        optional(
          {
            contact: text('how to reach them'),
            escalation: Type.Array(text('who is next, and when'), { description: 'who is next, in order' }),
          },
          'who answers for something',
        ),
        'owners by id',
      ),
      components: mapOf(component, 'components by id'),
      checks: mapOf(check, 'checks by id', ROW_PATTERN),
      scenarios: mapOf(scenario, 'smoke flows by id', ROW_PATTERN),
      fragments: mapOf(fragment, 'steps that scenarios share, by id'),
      manual: mapOf(manualItem, 'manual items by id'),
      'sign-offs': text(
        'the file of sign-offs, relative to this one; default signoffs.yaml. Only in the file that is started from',
      ),
      'allowed-signers': text(
        'a file of SSH keys as OpenSSH knows it, relative to this one: then only sign-offs count that are signed with the key of who they name. Only in the file that is started from',
      ),
      waivers: Type.Array(waiver, { description: 'accepted breaks' }),
      items: mapOf(workItem, 'work items by id'),
      risks: mapOf(risk, 'risks by id'),
      'service-levels': optional(
        Object.fromEntries(PRIORITIES.map((one) => [one, duration('how long a blocker of that priority may stay')])),
        'how long a blocker may stay, by priority; only in the file that is started from',
      ),
      maintenance: mapOf(maintenance, 'maintenance windows by id'),
      controls: Type.Array(id('a check'), {
        minItems: 1,
        description:
          'checks of targets that are up for certain. When none of them is good, this machine cannot see the network: every failure of the network becomes unknown, control-failed',
      }),
      'allow-bursts': Type.Array(text('host:port'), {
        minItems: 1,
        description: 'targets that burst checks may flood, as host:port; only in the file that is started from',
      }),
      notify: mapOf(notification, 'who is told of the verdict, by id; only in the file that is started from'),
      gates: mapOf(gate, 'gates by id; without any, every check is a must of one gate, default'),
    },
    'a gonogo configuration',
  );
};
