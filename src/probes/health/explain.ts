import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { httpSigns } from '../http/signs.ts';
import { isHtml } from './formats/html.ts';
import type { Spec } from './schema.ts';

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item: Json) => typeof item === 'string') : [];

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const BY_STATUS = new Map<Json | undefined, ReasonCode>([
  ['fail', 'health-fail'],
  ['warn', 'health-warn'],
  ['unknown', 'health-unrecognised'],
]);

/**
 * The conditions that a health answer can show. A body that was read explains itself, also under 503; for one that
 * was not, the HTTP status is the better explanation of everything that is missing (`502` with an error page).
 */
export const explain = (facts: Facts, spec: Spec): readonly Sign[] => {
  const health = facts['health'];
  const overHttp = httpSigns(facts);
  if (!isJsonObject(health)) return overHttp;
  const read = health['format'] !== 'unrecognised';
  return [
    ...overHttp,
    ...(read ? [] : unreadSigns(facts, overHttp, text(health['message']) ?? '')),
    ...(read ? statusSigns(health) : []),
    ...listSigns(health, 'disagreements', 'health-contradiction'),
    ...listSigns(health, 'contradictions', 'component-contradiction'),
    ...missingSigns(health),
    ...(read ? requiredSigns(health, spec.require ?? []) : []),
    ...staleSigns(health),
  ];
};

const unreadSigns = (facts: Facts, overHttp: readonly Sign[], message: string): readonly Sign[] => {
  const status = facts['status'];
  const good = typeof status === 'number' && status >= 200 && status < 300;
  const page = good && isHtml(contentType(facts), text(facts['body']));
  return [
    ...overHttp
      .filter((sign) => (sign.fact === 'status' && !good) || sign.fact === 'body' || isBrokenJson(sign, facts))
      .map((sign) => ({ ...sign, fact: 'health' })),
    { code: page ? 'wrong-content-type' : 'health-unrecognised', fact: 'health', message },
  ];
};

/** What was meant as JSON and is not tells more than that no format was recognised. */
const isBrokenJson = (sign: Sign, { body }: Facts): boolean =>
  sign.code === 'not-json' && typeof body === 'string' && /^\s*[{[]/.test(body.slice(0, 1024));

const contentType = ({ headers }: Facts): string | undefined =>
  isJsonObject(headers) ? text(headers['content-type']) : undefined;

const statusSigns = (health: Facts): readonly Sign[] => {
  const code = BY_STATUS.get(health['status']);
  return code === undefined ? [] : [{ code, fact: 'health.status', message: text(health['message']) ?? '' }];
};

const listSigns = (health: Facts, name: string, code: ReasonCode): readonly Sign[] => {
  const found = texts(health[name]);
  return found.length === 0 ? [] : [{ code, fact: `health.${name}`, message: enumerate(found) }];
};

const enumerate = (items: readonly string[]): string =>
  items.length > 3 ? `${items.slice(0, 3).join('; ')}; and ${items.length - 3} more` : items.join('; ');

const missingSigns = (health: Facts): readonly Sign[] => {
  const missing = texts(health['missing']);
  return missing.flatMap((name) => {
    const message = `the required component ${name} is not listed`;
    return ['health.missing', `health.components.${name}`].map((fact) => ({
      code: 'component-missing',
      fact,
      message,
    }));
  });
};

const requiredSigns = ({ components }: Facts, required: readonly string[]): readonly Sign[] =>
  required.flatMap((name) => {
    const status = isJsonObject(components) && Object.hasOwn(components, name) ? components[name] : undefined;
    const code = BY_STATUS.get(status);
    return code === undefined
      ? []
      : [
          {
            code: 'health-fail',
            fact: `health.components.${name}`,
            message: `the required component ${name} is ${status}`,
          },
        ];
  });

const staleSigns = (health: Facts): readonly Sign[] => {
  const message = text(health['stale']);
  return message === undefined ? [] : [{ code: 'health-stale', fact: 'health.stale', message }];
};
