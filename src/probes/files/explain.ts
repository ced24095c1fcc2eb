import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { listOf } from './list-of.ts';
import type { Spec } from './schema.ts';
import { quotePath } from './trouble.ts';

const MOST_NAMED = 3;

const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const items = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Some of many, joined: `a; b; and 3 more`. */
const several = (shown: readonly string[], count: number): string => {
  const named = shown.slice(0, MOST_NAMED);
  const more = count - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
};

const placeOf = (flaw: Json): string => {
  if (!isJsonObject(flaw)) return '';
  const line = typeof flaw['line'] === 'number' ? `:${flaw['line']}` : '';
  return `${quotePath(text(flaw['path']))}${line} ${text(flaw['what'])}`;
};

/** The facts that count flaws, with the reason code of a flaw. */
const CODES: readonly (readonly [fact: string, code: ReasonCode])[] = [
  ['irregular', 'file-invalid'],
  ['links-out', 'file-invalid'],
  ['wrong-mode', 'file-mode'],
  ['invalid-lines', 'file-invalid'],
  ['half-written', 'file-invalid'],
  ['missing-patterns', 'file-invalid'],
  ['forbidden', 'file-invalid'],
];

const flawsAbout = (facts: Facts, about: string): readonly string[] =>
  items(facts['flaws'])
    .filter((flaw) => isJsonObject(flaw) && flaw['about'] === about)
    .map(placeOf);

/** Each sort of flaw with its places; then the first place of every other sort, as only one sign is shown. */
const countedSigns = (facts: Facts): readonly Sign[] => {
  const counted = CODES.map(([fact, code]) => ({
    fact,
    code,
    count: number(facts[fact]),
    told: flawsAbout(facts, fact),
  }));
  const broken = counted.filter(({ count }) => count > 0);
  return broken.map(({ fact, code, count, told }) => {
    const others = broken.flatMap((one) => ([fact, 'links-out'].includes(one.fact) ? [] : one.told.slice(0, 1)));
    return { fact, code, message: [several(told, count), ...others].join('; ') };
  });
};

/** What nobody can tell when there is no file. */
const NEED_A_FILE = [
  ...['count', 'newest', 'oldest', 'age', 'size', 'smallest', 'largest', 'modes', 'wrong-mode', 'lines'],
  ...['invalid-lines', 'half-written', 'missing-patterns', 'forbidden', 'allowed', 'valid-json', 'json', 'content'],
];

const numbered = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const missingSigns = (facts: Facts, spec: Spec): readonly Sign[] => {
  const also = [
    ...(number(facts['folders']) > 0
      ? [`${numbered(number(facts['folders']), 'matching folder does', 'matching folders do')} not count`]
      : []),
    ...(number(facts['irregular']) > 0 ? flawsAbout(facts, 'irregular').slice(0, 1) : []),
    ...(number(facts['excluded']) > 0
      ? [`${numbered(number(facts['excluded']), 'entry was', 'entries were')} excluded`]
      : []),
  ];
  const message = [`no file matches ${patterns(spec)} in ${quotePath(text(facts['root']))}`, ...also].join('; ');
  return NEED_A_FILE.map((fact) => ({ code: 'file-missing', fact, message }));
};

const patterns = (spec: Spec): string => {
  const all = listOf(spec.glob).map(quotePath);
  const more = all.length - MOST_NAMED;
  return `${all.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const presentSigns = (facts: Facts): readonly Sign[] => {
  const count = number(facts['count']);
  if (count === 0) return [];
  const found = items(facts['files']).map((file) => {
    if (!isJsonObject(file)) return '';
    const type = text(file['type']);
    return `${quotePath(text(file['path']))}${type === 'file' ? '' : ` (a ${type})`}`;
  });
  const must = 'which must not be there';
  return [{ code: 'file-present', fact: 'count', message: `found ${several(found, count)}, ${must}` }];
};

/** Why there is no value for a fact that is about a single file. */
const singleSigns = (facts: Facts, spec: Spec): readonly Sign[] => {
  const count = number(facts['count']);
  const about = (fact: string, code: ReasonCode, message: string): Sign => ({ code, fact, message });
  if (count > 1) {
    const message = `${count} files match, and only a single one is read as a whole`;
    return ['valid-json', 'json', 'content'].map((fact) => about(fact, 'value-missing', message));
  }
  const [broken] = flawsAbout(facts, 'valid-json');
  const [unread] = flawsAbout(facts, 'content');
  return [
    ...(broken === undefined ? [] : ['valid-json', 'json'].map((fact) => about(fact, 'file-invalid', broken))),
    ...(unread === undefined ? [] : [about('content', 'value-missing', unread)]),
    ...(spec.forbid === undefined || unread !== undefined
      ? []
      : [about('content', 'value-missing', 'content is not shown beside forbid')]),
  ];
};

const unmatchedSigns = (facts: Facts): readonly Sign[] => {
  const unmatched = items(facts['unmatched']).map(text);
  if (unmatched.length === 0) return [];
  return [{ code: 'file-missing', fact: 'unmatched', message: `nothing fits ${several(unmatched, unmatched.length)}` }];
};

const emptySigns = (facts: Facts): readonly Sign[] =>
  facts['lines'] === 0
    ? [{ code: 'file-invalid', fact: 'lines', message: 'there is no line in what matches, so nothing was proved' }]
    : [];

const futureSigns = (facts: Facts): readonly Sign[] =>
  facts['age'] === undefined && facts['newest'] !== undefined
    ? [{ code: 'file-stale', fact: 'age', message: `the newest match is dated ahead of now: ${text(facts['newest'])}` }]
    : [];

/** The conditions that files can show. Pure; nothing of what a file holds is told, beyond what JSON is wrong about. */
export const explainFiles = (facts: Facts, spec: Spec): readonly Sign[] => {
  if (facts['count'] === undefined) return [];
  if (spec.absent === true) return [...presentSigns(facts), ...countedSigns(facts)];
  if (facts['count'] === 0) return [...missingSigns(facts, spec), ...unmatchedSigns(facts), ...countedSigns(facts)];
  return [
    ...unmatchedSigns(facts),
    ...countedSigns(facts),
    ...singleSigns(facts, spec),
    ...emptySigns(facts),
    ...futureSigns(facts),
  ];
};
