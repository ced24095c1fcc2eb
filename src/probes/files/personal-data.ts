import type { Recognisers } from './recogniser.ts';

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** The checksum of ISO/IEC 7812: every second digit from the right counts double. */
const hasCardChecksum = (digits: string): boolean => {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const counted = at % 2 === 1 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
};

/** The first digits that card issuers have, each with how many digits there are in all. */
const ISSUERS = [
  /^4\d{12}(?:\d{3}){0,2}$/,
  /^5[1-5]\d{14}$/,
  /^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^6(?:011|4[4-9]\d|5\d\d)\d{12,15}$/,
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/,
  /^3(?:0[0-5]|[689]\d)\d{11,16}$/,
  /^62\d{14,17}$/,
  /^(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}$/,
];

const isCard = ([found]: RegExpExecArray): boolean => {
  const digits = digitsOf(found);
  return ISSUERS.some((issuer) => issuer.test(digits)) && !/^(\d)\1*$/.test(digits) && hasCardChecksum(digits);
};

export const cardNumbers: Recognisers = {
  glance: /\d{4}/,
  all: [
    { what: 'a card number', pattern: /(?<![\w*]|\d\.)\d{13,19}(?!\w)/g, accept: isCard },
    { what: 'a card number', pattern: /(?<![\w*])\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}(?!\w)/g, accept: isCard },
    { what: 'a card number', pattern: /(?<![\w*])\d{4}([ -])\d{6}\1\d{4,5}(?!\w)/g, accept: isCard },
  ],
};

/** The checksum of ISO 13616: the first four characters go last, letters count from 10, and 1 is left of 97. */
const isIban = ([found]: RegExpExecArray): boolean => {
  const text = found.replaceAll(' ', '');
  if (text.length < 15 || text.length > 34) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
};

export const ibans: Recognisers = {
  glance: /[A-Z]{2}\d{2}/,
  all: [
    {
      what: 'an IBAN',
      pattern:
        /(?<![A-Za-z0-9*])[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)(?![A-Za-z0-9*])/g,
      accept: isIban,
    },
  ],
};

/** What stands behind an @ in names that are no addresses: `icon@2x.png`, `user@1000.service`. */
const NO_DOMAIN =
  /\.(?:png|jpe?g|gif|svg|webp|avif|css|js|ts|json|map|service|socket|scope|slice|timer|target|mount)$/i;

/** A name before the @ that is not masked (`j***@example.com`), and a domain with letters at its end. */
export const emailAddresses: Recognisers = {
  glance: /@|%40|\\u0040/,
  all: [
    {
      what: 'an e-mail address',
      pattern:
        /(?<![\p{L}\p{N}.!#$%&'*+/=?^_`{|}~•-])[\p{L}\p{N}.!#$%&'+/=?^_`{|}~-]{1,64}(?:@|%40|\\u0040)(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}*])/gu,
      accept: ([found]) => !NO_DOMAIN.test(found),
    },
  ],
};

const isPhone = ([found]: RegExpExecArray): boolean => {
  const { length } = digitsOf(found);
  return length >= 8 && length <= 17;
};

/** Numbers with their country (ITU-T E.164), and those of North America as they are usually written. */
export const phoneNumbers: Recognisers = {
  glance: /\d{2}/,
  all: [
    { what: 'a phone number', pattern: /(?<![\w*+])\+[1-9](?:[ .()/-]{0,2}\d){6,14}(?![\w*])/g, accept: isPhone },
    { what: 'a phone number', pattern: /(?<![\w*+.,-])00[1-9](?:[ .()/-]{0,2}\d){6,14}(?![\w*])/g, accept: isPhone },
    { what: 'a phone number', pattern: /(?<![\w*.-])(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-.]\d{4}(?![\w*])/g },
  ],
};
