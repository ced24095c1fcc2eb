import { credentials } from './credentials.ts';
import { cardNumbers, emailAddresses, ibans, phoneNumbers } from './personal-data.ts';
import type { Recognisers } from './recogniser.ts';
import type { SensitiveKind } from './sensitive-kinds.ts';
import { tokens } from './tokens.ts';

const recognisers: { readonly [Kind in SensitiveKind]: readonly Recognisers[] } = {
  secrets: [tokens, credentials],
  'email-addresses': [emailAddresses],
  'phone-numbers': [phoneNumbers],
  'card-numbers': [cardNumbers],
  ibans: [ibans],
};

/** What was found in a text: the sort of each find that counts, and how many were allowed. Never what was found. */
export type Sensitive = { readonly what: readonly string[]; readonly allowed: number };

/** Looks for texts of some kinds; those that `allows` says yes to are only counted. */
export const makeFinder = (
  kinds: readonly SensitiveKind[],
  allows: (found: string) => boolean,
): ((text: string) => Sensitive) => {
  const wanted = kinds.flatMap((kind) => recognisers[kind]);
  return (text) => {
    const what = new Set<string>();
    let allowed = 0;
    const near = wanted.filter(({ glance }) => glance.test(text)).flatMap(({ all }) => all);
    for (const one of near) {
      one.pattern.lastIndex = 0;
      for (let found = one.pattern.exec(text); found !== null; found = one.pattern.exec(text)) {
        if (found[0] === '') break;
        if (one.accept?.(found) === false) continue;
        if (allows(found[0])) allowed += 1;
        else what.add(one.what);
      }
    }
    return { what: [...what], allowed };
  };
};
