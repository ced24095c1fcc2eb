import { asking, beside, HERE, HOLD, NO_GO, RUN, USAGE, type Case } from './case.ts';

const flow = (steps: string, more = ''): string =>
  `checks:\n  ${HERE}\nscenarios:\n  flow:\n    steps:\n${steps}${more}`;
const step = (name: string, path: string, more = ''): string =>
  `      - { name: ${name}, http: '\${env.TARGET}${path}'${more === '' ? '' : `, ${more}`} }\n`;
const query = (path: string): string =>
  beside(`asked: { query: { url: '\${env.TARGET}${path}?q={{question}}', question: refunds? } }`);
const golden = (text: string): Pick<Case, 'file' | 'files'> => ({
  file: beside(
    `asked: { query: { url: '\${env.TARGET}/ok', json: { q: '{{question}}' }, golden: { file: golden.yaml } } }`,
  ),
  files: { 'golden.yaml': text },
});

/** What a server answers although it is not well, and what is asked although it proves nothing. */
export const ANSWER_CASES: readonly Case[] = [
  {
    name: 'a login page answers 200 where JSON was asked for',
    file: asking('/login', 'expect: { $.status: pass }'),
    exit: NO_GO,
    says: 'wrong-content-type',
  },
  { name: 'a redirect leads to the login page', file: asking('/needs-login'), exit: NO_GO, says: 'redirect' },
  {
    name: 'a followed redirect ends on the login page',
    file: beside("asked: { http: { url: '${env.TARGET}/needs-login', follow: true }, expect: { $.status: pass } }"),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'health is a login page',
    file: beside("asked: { health: '${env.TARGET}/login' }"),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'health is an error page with 200',
    file: beside("asked: { health: '${env.TARGET}/error-page' }"),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'health says fail with 200',
    file: beside("asked: { health: '${env.TARGET}/health-fails' }"),
    exit: NO_GO,
    says: 'health',
  },
  {
    name: 'health passes and a part of it fails',
    file: beside("asked: { health: '${env.TARGET}/health-contradicts' }"),
    exit: NO_GO,
    says: 'component-contradiction',
  },
  {
    name: 'a number comes as a text',
    file: asking('/text-number', 'expect: { $.count: 1 }'),
    exit: NO_GO,
    says: 'type-mismatch',
  },
  {
    name: 'a text is asked for and a number comes',
    file: asking('/ok', "expect: { $.count: '3' }"),
    exit: NO_GO,
    says: 'type-mismatch',
  },
  { name: 'a value is missing', file: asking('/ok', 'expect: { $.stauts: pass }'), exit: NO_GO, says: 'value-missing' },
  {
    name: 'a missing value is not something',
    file: asking('/ok', 'expect: { $.stauts: { not: fail } }'),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'a missing value does not contain something',
    file: asking('/ok', 'expect: { $.stauts: { not-contains: fail } }'),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'a missing header is not something',
    file: asking('/ok', 'expect: { headers.x-mode: { not: degraded } }'),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'every one of no items is ready',
    file: asking('/no-items', 'expect: { $.items: { every: { equals: ready } } }'),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'every one of what is not there is ready',
    file: asking('/ok', "expect: { '$.nothing[*]': { every: ready } }"),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'what is not there is empty',
    file: asking('/ok', 'expect: { $.errors: { empty: true } }'),
    exit: NO_GO,
    says: 'value-missing',
  },
  {
    name: 'a text holds an empty one',
    file: asking('/ok', "expect: { body: { contains: '' } }"),
    exit: USAGE,
    says: 'every text fits an empty one',
  },
  {
    name: 'a pattern is empty',
    file: asking('/ok', "expect: { body: { matches: '' } }"),
    exit: USAGE,
    says: 'every text fits an empty one',
  },
  {
    name: 'a schema asks for nothing',
    file: asking('/ok', 'expect: { $: { schema: {} } }'),
    exit: USAGE,
    says: 'every value fits an empty schema',
  },
  {
    name: 'the status is asked for, and not which',
    file: asking('/nowhere', 'expect: { status: { exists: true } }'),
    exit: NO_GO,
    says: 'http-4xx',
  },
  {
    name: 'a null is below a limit',
    file: asking('/ok', 'expect: { $.error: { below: 5 } }'),
    exit: NO_GO,
    says: 'asked',
  },
  { name: 'an expectation of nothing', file: asking('/ok', 'expect: { $.status: {} }'), exit: USAGE, says: 'expect' },
  {
    name: 'a body is longer than is read',
    file: asking('/huge', 'expect: { body: { not-contains: error } }'),
    exit: NO_GO,
    says: 'body-limit',
  },
  { name: 'a body is cut off', file: asking('/cut', 'expect: { status: 200 }'), exit: NO_GO, says: 'asked' },
  {
    name: 'a packed body is cut off',
    file: asking('/cut-gzip', 'expect: { status: 200 }'),
    exit: NO_GO,
    says: 'asked',
  },
  { name: 'an answer comes too late', file: asking('/slow', 'timeout: 300ms'), exit: NO_GO, says: 'timeout' },
  {
    name: 'a check passes at the second look, and the gate counts that',
    file: `${asking('/once-bad', 'retry: { attempts: 3, delay: 1ms }')}gates: { launch: { must: [here, asked], flaky: fail } }\n`,
    exit: NO_GO,
    says: 'only after a failed attempt',
  },
  { name: 'one of many samples fails', file: asking('/third-bad', 'samples: 5'), exit: NO_GO, says: 'http-5xx' },
  {
    name: 'what is waited for never comes',
    file: asking('/ok', 'expect: { $.state: done }, eventually: { within: 300ms, every: 100ms }'),
    exit: NO_GO,
    says: 'asked fails',
  },
  { name: 'a credential is refused', file: asking('/secret'), exit: HOLD, says: 'auth-required' },
  {
    name: 'the index is not there, and the answer is 200',
    file: query('/no-index'),
    exit: NO_GO,
    says: 'index-missing',
  },
  { name: 'the answer is a fallback', file: query('/fallback'), exit: NO_GO, says: 'index-degraded' },
  { name: 'the answer has no hits', file: query('/no-hits'), exit: NO_GO, says: 'asked fails' },
  { name: 'the tool fails with 200', file: query('/tool-error'), exit: NO_GO, says: 'asked fails' },
  {
    name: 'health is well while the tool behind it is not',
    file: `checks:\n  claim: { health: '\${env.TARGET}/ok', component: support }\n  asked: { query: { url: '\${env.TARGET}/no-index?q={{question}}', question: refunds? }, component: support }\ncomponents: { support: {} }\n`,
    exit: NO_GO,
    says: 'claim passes for support',
  },
  { name: 'a golden set has no questions', ...golden('[]\n'), exit: NO_GO, says: 'golden.yaml' },
  { name: 'a golden set is not there', file: golden('').file, exit: NO_GO, says: 'golden.yaml' },
  {
    name: 'every step was left out by its condition',
    file: flow(`${step('first', '/ok', 'capture: { state: { json: $.state } }')}`).replace(
      'flow:',
      'flow:\n    requires: [STAGING_ACCESS]',
    ),
    exit: HOLD,
    says: 'not set: STAGING_ACCESS',
  },
  {
    name: 'a step that was captured for is left out, and nothing else is asserted',
    file: flow(
      `${step('first', '/nowhere', "expect: { status: 404 }, capture: { state: { json: '$.error' } }")}${step('second', '/nowhere', 'if: { state: no such path }')}`,
    ),
    exit: NO_GO,
    says: 'second',
  },
  {
    name: 'a step fails and the next goes on',
    file: flow(`${step('first', '/nowhere', 'continue-on-failure: true')}${step('second', '/ok')}`),
    exit: NO_GO,
    says: 'first',
  },
  {
    name: 'a cleanup fails',
    file: flow(step('first', '/ok'), `    cleanup:\n${step('delete', '/nowhere')}`),
    exit: NO_GO,
    says: 'the cleanup step "delete"',
  },
  {
    name: 'a captured value is not there',
    file: flow(`${step('first', '/ok', 'capture: { id: { json: $.id } }')}${step('second', '/ok')}`),
    exit: NO_GO,
    says: 'first',
  },
  {
    name: 'a control cannot be reached',
    file: `controls: [network]\nchecks:\n  ${HERE}\n  network: { tcp: 127.0.0.1:9 }\n`,
    exit: HOLD,
    says: 'control',
  },
  {
    name: 'a check is only waited for by another one',
    file: beside('late: { tcp: 127.0.0.1:9 }\n  after: { files: { glob: gonogo.yaml }, needs: [late] }'),
    exit: NO_GO,
    says: 'after is blocked by late',
  },
  {
    name: 'nothing that starts a program may be looked at',
    file: beside('asked: { command: node }'),
    argv: [...RUN, '--no-exec'],
    exit: HOLD,
    says: '--no-exec forbids that',
  },
];
