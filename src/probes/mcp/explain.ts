import type { Facts, Sign } from '../../model/observation.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import { tlsSigns } from '../http/signs.ts';
import { quoted } from '../answer/bounds.ts';
import { goldenSigns } from '../answer/golden/golden-signs.ts';
import { ANSWER_FACTS, answerSigns } from '../answer/signs.ts';

/** What only an answer of the tool can show: when there was none, these are missing for the reason given. */
const ANSWER = [...ANSWER_FACTS, 'output-valid', 'questions', 'hit-rate', 'answered', 'errors'];
const CALLED = ['input-valid', 'annotations', ...ANSWER];
const LISTED = ['tools', 'tool-count', 'missing-tools', 'tool-schema-hash', 'tool-list'];
const CONNECTED = ['connected', 'era', 'protocol-version', 'server'];

/** The facts that a failure at each step leaves unseen. */
const UNSEEN: { readonly [step: string]: readonly string[] } = {
  connect: [...CONNECTED, ...LISTED, ...CALLED],
  list: [...LISTED, ...CALLED],
  call: ANSWER,
};

const BY = 'the tool';

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
  if (facts['questions'] !== undefined) return goldenSigns(facts, BY);
  if (facts['is-error'] === undefined) return [];
  const how = facts['error-channel'] === 'protocol' ? 'a JSON-RPC error' : 'isError: true';
  const signs = answerSigns(facts, BY, how);
  const wanted = listOf(facts['refused-requests']).find((method) => OF_A_PERSON.has(method));
  if (wanted !== undefined && signs.some(({ code }) => code === 'tool-error')) {
    const message = `the tool wanted ${wanted}, which nobody answers here, and failed: ${quoted(text(facts['text']))}`;
    return sign('input-required', message, ANSWER);
  }
  return [...signs, ...signs.filter(({ fact }) => fact === 'is-error').map(asOutput), ...noList(facts)];
};

/** Why there is no good answer is also why there is none that fits a schema. */
const asOutput = (sign: Sign): Sign => ({ ...sign, fact: 'output-valid' });

const noList = (facts: Facts): readonly Sign[] =>
  facts['is-error'] === true || facts['hits'] !== undefined
    ? []
    : sign('value-missing', 'the answer holds no list where hits are looked for', ['hits', 'hit-count', 'hit-list']);

const unfit = (facts: Facts): readonly Sign[] =>
  facts['output-problem'] === undefined || facts['index-signature'] !== undefined
    ? []
    : sign('schema-violation', text(facts['output-problem']), ['output-problem', 'output-valid']);
