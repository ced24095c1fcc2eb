import { isJsonObject, type Json } from '../../model/json.ts';

/** Members of an answer that say by their name that it does not come from the index. */
const FLAG =
  /^(?:is|used|using|was)?(?:offline|local)?(?:fallback|degraded|mock(?:ed)?|stub(?:bed)?|sample|dummy|canned)(?:mode|used|data|reason|response|results?|search)?$/;

/** Of these a text is as good as `true`: it says from what or why it falls back. */
const SAYS_WHY = /fallback|degraded/;

/** Members that name where an answer comes from; their whole value may be the mark. */
const ORIGIN = /^(?:source|mode|origin|backend|engine|provider|retriever|searchmode|answeredby|via|servedby)$/;
const MARK =
  /^(?:offline|local)?(?:fallback|degraded|mock(?:ed)?|stub(?:bed)?|sample|dummy|canned)(?:mode|data|results?|search)?$/;

/** Values by which such a member says that there is nothing of the kind. */
const NO = new Set(['', 'no', 'none', 'false', 'off', 'never', 'disabled', 'null', '0']);

const MAX_DEPTH = 6;
const MAX_MEMBERS = 2000;

const plain = (text: string): string => text.replaceAll(/[^a-z]/gi, '').toLowerCase();

const isSet = (key: string, value: Json): boolean =>
  value === true || (typeof value === 'string' && SAYS_WHY.test(key) && !NO.has(value.trim().toLowerCase()));

const flagged = (name: string, value: Json): boolean => {
  const key = plain(name);
  if (FLAG.test(key)) return isSet(key, value);
  return ORIGIN.test(key) && typeof value === 'string' && MARK.test(plain(value));
};

/**
 * A member like `fallback: true` or `mode: "mock"` anywhere in an answer, as `name: value`; undefined when there is
 * none. Hits are searched too: a text in one is content, such a member is not.
 */
export const degradedFlag = (json: Json): string | undefined => {
  let level: readonly Json[] = [json];
  let members = 0;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: Json[] = [];
    for (const value of level) {
      const named = isJsonObject(value);
      for (const [name, member] of typeof value === 'object' && value !== null ? Object.entries(value) : []) {
        if (++members > MAX_MEMBERS) return undefined;
        if (named && flagged(name, member)) return `${name}: ${JSON.stringify(member)}`.slice(0, 200);
        if (typeof member === 'object' && member !== null) next.push(member);
      }
    }
    level = next;
  }
  return undefined;
};
