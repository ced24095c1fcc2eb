import { canonicalHost } from '../tcp/endpoint.ts';
import type { RecordType } from './types.ts';

/** A name in lower case and ASCII, without a last dot; `.` for the root; null when DNS cannot hold it. */
export const canonicalName = (text: string): string | null => {
  if (text === '.') return text;
  const ascii = /^[\x21-\x7e]*$/.test(text) ? text.toLowerCase() : (canonicalHost(text) ?? '');
  const name = ascii.replace(/\.$/, '');
  const labels = name.split('.');
  const fits = name.length <= 253 && labels.every((label) => /^[^\\"./@:?#]{1,63}$/.test(label));
  return fits ? name : null;
};

/** An IPv6 address as RFC 5952 writes it; null when it is none. */
export const canonicalIpv6 = (text: string): string | null =>
  text.includes(':') && !/[[\]%]/.test(text) ? (URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1) ?? null) : null;

const canonicalIpv4 = (text: string): string | null =>
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/.test(text) && !text.endsWith('.') && !/(?:^|\.)0\d/.test(text)
    ? text
    : null;

/** Numbers and names by their place in a record of several fields: `10 mail.example.com`. */
const fields = (text: string, pattern: readonly ('number' | 'name')[]): string | null => {
  const parts = text.trim().split(/\s+/);
  const read = parts.map((part, index) => {
    if (pattern[index] === 'name') return canonicalName(part);
    return /^\d{1,10}$/.test(part) ? String(Number(part)) : null;
  });
  return parts.length === pattern.length && !read.includes(null) ? read.join(' ') : null;
};

const canonicalCaa = (text: string): string | null => {
  const [, flags, tag, quoted, bare] = /^\s*(\d{1,3})\s+([a-z\d]+)\s+(?:"(.*)"|(\S.*?))\s*$/i.exec(text) ?? [];
  return flags === undefined || tag === undefined
    ? null
    : `${Number(flags)} ${tag.toLowerCase()} "${quoted ?? bare ?? ''}"`;
};

const NUMBER = 'number';
const NAME = 'name';

/** A record as it is compared and reported; null when no record of the type can look like that. */
export const canonicalRecord = (type: RecordType, text: string): string | null => {
  switch (type) {
    case 'A':
      return canonicalIpv4(text);
    case 'AAAA':
      return canonicalIpv6(text);
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return canonicalName(text);
    case 'MX':
      return fields(text, [NUMBER, NAME]);
    case 'SRV':
      return fields(text, [NUMBER, NUMBER, NUMBER, NAME]);
    case 'SOA':
      return fields(text, [NAME, NAME, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER]);
    case 'CAA':
      return canonicalCaa(text);
    case 'TXT':
      return text;
  }
};
