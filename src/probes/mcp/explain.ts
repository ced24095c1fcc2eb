import type { Facts, Sign } from '../../model/observation.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import { tlsSigns } from '../http/signs.ts';
import { quoted } from './bounds.ts';

/** What only an answer of the tool can show: when there was none, these are missing for the reason given. */
const ANSWER = ['is-error', 'hits', 'hit-count', 'hit-list', 'text', 'json', 'citations', 'output-valid'];
const CALLED = ['input-valid', 'annotations', ...ANSWER];
const LISTED = ['tools', 'tool-count', 'missing-tools', 'tool-schema-hash', 'tool-list'];
const CONNECTED = ['connected', 'era', 'protocol-version', 'server'];

/** What an answer without a single hit cannot have. */
const FOUND = ['hits', 'hit-count', 'hit-list', 'citations', 'text', 'json'];

/** The facts that a failure at each step leaves unseen. */
const UNSEEN: { readonly [step: string]: readonly string[] } = {
  connect: [...CONNECTED, ...LISTED, ...CALLED],
  list: [...LISTED, ...CALLED],
  call: ANSWER,
};

const sign = (code: ReasonCode, message: string, facts: readonly string[]): readonly Sign[] =>
  facts.map((fact) => ({ code, fact, message }));

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Recognises conditions in the facts of a look. Only the most telling one of a kind is given: an error that says that
 * the index is not there is `index-missing`, not `tool-error`. Pure.
 */
export const explain = (facts: Facts): readonly Sign[] => [
  ...stopped(facts),
  ...notListed(facts),
  ...beside(facts),
  ...answered(facts),
  ...unfit(facts),
  ...tlsSigns(facts),
];

const stopped = (facts: Facts): readonly Sign[] => {
  const code = REASON_CODES.find((known) => known === facts['failure']);
  if (code === undefined) return [];
  return sign(code, text(facts['failure-message']), ['failure', ...(UNSEEN[text(facts['failure-step'])] ?? [])]);
};

const notListed = (facts: Facts): readonly Sign[] => {
  const missing = facts['missing-tools'];
  if (Array.isArray(missing) && missing.length > 0) {
    const names = missing.map((name) => quoted(text(name))).join(', ');
    const message = `the server does not list ${names}; it lists ${String(facts['tool-count'])} tools`;
    return sign('tool-missing', message, ['missing-tools', 'tools', ...CALLED]);
  }
  return facts['tool-count'] === 0
    ? sign('tool-missing', 'the server lists no tool', ['tool-count', 'tools', 'missing-tools'])
    : [];
};

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(text) : []);

/** What is wrong beside the answer: with the call itself, and with what the server does unasked. */
const beside = (facts: Facts): readonly Sign[] => {
  const [line] = listOf(facts['stdout-noise']);
  const hint = facts['side-effect-hint'];
  return [
    ...(facts['input-problem'] === undefined
      ? []
      : sign('schema-violation', text(facts['input-problem']), ['input-problem', 'input-valid', ...ANSWER])),
    ...(line === undefined
      ? []
      : sign('mcp-stdout-noise', `the server writes to stdout what is no message: ${quoted(line)}`, [
          'stdout-noise',
          'noise-lines',
        ])),
    ...(hint === undefined
      ? []
      : sign('assertion-failed', `the server says that the tool changes something (${text(hint)})`, [
          'side-effect-hint',
        ])),
    ...(facts['refused-requests'] === undefined
      ? []
      : sign(
          'input-required',
          `the server asked for ${listOf(facts['refused-requests']).join(', ')}, which is refused`,
          ['refused-requests'],
        )),
  ];
};

/** What a server asks of a client that has a person or a model behind it. */
const OF_A_PERSON: ReadonlySet<string> = new Set(['elicitation/create', 'sampling/createMessage', 'roots/list']);

const answered = (facts: Facts): readonly Sign[] => {
  if (facts['index-signature'] !== undefined) {
    const message = `the index is not there: the tool answered ${quoted(text(facts['index-signature']))}`;
    return sign('index-missing', message, ['index-signature', ...ANSWER]);
  }
  const wanted = listOf(facts['refused-requests']).find((method) => OF_A_PERSON.has(method));
  if (facts['is-error'] === true && wanted !== undefined) {
    const message = `the tool wanted ${wanted}, which nobody answers here, and failed: ${quoted(text(facts['text']))}`;
    return sign('input-required', message, ANSWER);
  }
  if (facts['is-error'] === true) {
    const by = facts['error-channel'] === 'protocol' ? 'a JSON-RPC error' : 'isError: true';
    return sign('tool-error', `the tool failed (${by}): ${quoted(text(facts['text']))}`, ANSWER);
  }
  const degraded = facts['degraded-signature'];
  const empty = facts['hits'] === 0;
  return [
    ...(degraded === undefined
      ? []
      : sign('index-degraded', `the answer is not from the index: it says ${quoted(text(degraded))}`, [
          'degraded-signature',
          'text',
          'json',
          ...(empty ? ['hits', 'hit-count', 'hit-list'] : []),
        ])),
    ...(empty && degraded === undefined
      ? sign('index-empty', 'the tool answered without an error and found nothing', FOUND)
      : []),
  ];
};

const unfit = (facts: Facts): readonly Sign[] =>
  facts['output-problem'] === undefined || facts['index-signature'] !== undefined
    ? []
    : sign('schema-violation', text(facts['output-problem']), ['output-problem', 'output-valid']);
