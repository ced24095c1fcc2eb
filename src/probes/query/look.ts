import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { answerFacts, conditionsOf } from '../answer/answer-facts.ts';
import type { Answer } from '../answer/answer.ts';
import type { Ask } from '../answer/golden/ask-all.ts';
import { lookAtGolden } from '../answer/golden/look-at-golden.ts';
import { look as lookOverHttp } from '../http/look.ts';
import { httpSigns } from '../http/signs.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { answerIn } from './answer-in.ts';
import { withQuestion } from './ask.ts';
import { dialectOf, type Dialect } from './dialect.ts';
import type { Spec } from './schema.ts';
import { vectorFacts } from './vector-facts.ts';

/** Asks one question, or every question of a golden set, over HTTP, and reports what the answers show. */
export const look: Look<Spec> = async (spec, context) => {
  const dialect = dialectOf(spec);
  return spec.golden === undefined
    ? lookOnce(spec, dialect, context)
    : lookAtGolden(spec.golden, spec.deny ?? [], askOverHttp(spec, dialect), context);
};

const lookOnce = async (spec: Spec, dialect: Dialect, context: ProbeContext): Promise<Facts> => {
  const facts = await lookOverHttp(withQuestion(spec, spec.question ?? ''), context);
  const answer = answerIn(facts, dialect);
  if (answer === null) return facts;
  const asked = { deny: spec.deny ?? [], sentinel: spec.sentinel ?? null };
  const { json: _part, ...shown } = answerFacts(answer, asked, context.now());
  return { ...facts, ...shown, ...vectorFacts(facts['json'], dialect.vector) };
};

/** Asks as the spec says; where the status is one of failure, only an index that says what is wrong has answered. */
const askOverHttp =
  (spec: Spec, dialect: Dialect): Ask =>
  async (question, context) => {
    const facts = await lookOverHttp(withQuestion(spec, question), context);
    const answer = answerIn(facts, dialect);
    const { status = null } = facts;
    if (answer !== null && (isSuccess(status) || tellsOfTheIndex(answer, status))) return answer;
    const about = isSuccess(status) ? ['json', 'body'] : ['status'];
    const sign = httpSigns(facts).find(({ fact }) => about.includes(fact));
    throw new CouldNotLook(sign?.code ?? 'not-json', sign?.message ?? 'the body is not what was asked for', { status });
  };

const isSuccess = (status: Json): boolean => typeof status === 'number' && status >= 200 && status < 300;

/** Limits and credentials are about us; of other failures the index itself may be the cause. */
const ABOUT_US: ReadonlySet<Json> = new Set([401, 403, 429]);

const tellsOfTheIndex = (answer: Answer, status: Json): boolean => {
  const { missing, empty } = conditionsOf(answer, []);
  return answer.isError && !ABOUT_US.has(status) && (missing !== undefined || empty !== undefined);
};
