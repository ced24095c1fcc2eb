import { disagreementsOf } from './agreement.ts';
import { aspnetJson, aspnetText } from './formats/aspnet.ts';
import type { HealthFormat } from './formats/format.ts';
import { json, text } from './formats/generic.ts';
import { isHtml } from './formats/html.ts';
import { ietf } from './formats/ietf.ts';
import { kubernetes } from './formats/kubernetes.ts';
import { lightship } from './formats/lightship.ts';
import { microprofile } from './formats/microprofile.ts';
import { springBoot } from './formats/spring-boot.ts';
import { godaddyTerminus, nestjsTerminus } from './formats/terminus.ts';
import { messageOf, settle } from './settle.ts';
import { stalenessOf } from './staleness.ts';
import type { Claim, FormatName, HealthAnswer, HealthReading } from './reading.ts';

/** In the order in which `auto` tries them: the unmistakable ones first, the home-made ones last. */
const FORMATS: readonly HealthFormat[] = [
  aspnetJson,
  microprofile,
  nestjsTerminus,
  godaddyTerminus,
  ietf,
  springBoot,
  lightship,
  aspnetText,
  kubernetes,
  json,
  text,
];

const MAX_COMPONENTS = 1000;
/** In characters; bounds the time that reading takes. A health body has a few thousand. */
const MAX_BODY = 512 * 1024;

/**
 * What an answer says about the health of a system, in one vocabulary for all formats. Nothing that is not understood
 * becomes a pass: it is `unknown`. Whether body and HTTP status agree is part of the reading, not of the status.
 */
export const readHealth = (answer: HealthAnswer, format: 'auto' | FormatName): HealthReading => {
  const stranger = notAboutHealth(answer) ?? tooLong(answer);
  const found = stranger === null ? readBody(answer, format) : null;
  if (found === null) return unrecognised(answer, stranger ?? whyUnrecognised(answer, format));
  const { name, claim } = found;
  if (claim.components.length > MAX_COMPONENTS) {
    return unrecognised(answer, `the body lists more than ${MAX_COMPONENTS} components`);
  }
  const status = settle(claim);
  return {
    format: name,
    status,
    components: claim.components,
    disagreements: disagreementsOf(name, claim, answer.status),
    contradictions:
      claim.total === 'pass'
        ? claim.components
            .filter((component) => component.status === 'fail')
            .map((component) => ({ component: component.name, says: component.says ?? 'fail', total: claim.says }))
        : [],
    stale: stalenessOf(answer, claim.components),
    message: messageOf(name, claim, status),
  };
};

const readBody = (
  answer: HealthAnswer,
  format: 'auto' | FormatName,
): { readonly name: FormatName; readonly claim: Claim } | null => {
  const chosen = FORMATS.find((candidate) =>
    format === 'auto'
      ? believable(candidate.name, answer.status) && candidate.recognises(answer)
      : candidate.name === format,
  );
  const claim = chosen?.read(answer) ?? null;
  return chosen === undefined || claim === null ? null : { name: chosen.name, claim };
};

/** `{"status":"error"}` under 404 or 502 is what routers and gateways say too: not the system's own word on its health. */
const believable = (format: FormatName, status: number): boolean =>
  (format !== 'json' && format !== 'text') || (status >= 200 && status < 300) || status === 500 || status === 503;

/** Answers that come from somebody in front of the health endpoint, whatever their body holds. */
const notAboutHealth = ({ status, headers }: HealthAnswer): string | null => {
  if ([401, 403, 407, 429].includes(status)) return `HTTP ${status} is no answer about health`;
  return status >= 300 && status < 400 && headers['location'] !== undefined
    ? `HTTP ${status} is a redirect, no answer about health`
    : null;
};

const tooLong = ({ body }: HealthAnswer): string | null =>
  body !== undefined && body.length > MAX_BODY ? 'the body is far longer than a health body' : null;

const whyUnrecognised = ({ headers, body }: HealthAnswer, format: 'auto' | FormatName): string => {
  if (body === undefined) return 'the answer has no body of text';
  if (body.trim() === '') return 'the body is empty';
  if (isHtml(headers['content-type'], body)) return 'the body is a web page where a health body was expected';
  return format === 'auto'
    ? 'the body is in no health format that is known'
    : `the body is not of the format ${format}`;
};

const unrecognised = (answer: HealthAnswer, message: string): HealthReading => ({
  format: 'unrecognised',
  status: 'unknown',
  components: [],
  disagreements:
    answer.status >= 200 && answer.status < 300
      ? []
      : [`HTTP ${answer.status} comes with no health body that would explain it`],
  contradictions: [],
  stale: stalenessOf(answer, []),
  message,
});
