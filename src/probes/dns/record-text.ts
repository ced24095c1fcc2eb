import { BadMessage } from './bad-message.ts';
import { canonicalIpv6 } from './canonical.ts';
import { TYPES } from './types.ts';
import { decodeName, showName } from './wire-name.ts';

/** The data of one record: bytes `start` to `end` of the message, which names in it may point back into. */
type Data = { readonly message: Buffer; readonly start: number; readonly end: number };

const need = ({ start, end }: Data, bytes: number, what: string): void => {
  if (end - start < bytes) throw new BadMessage(`${what} is cut short`);
};

const name = (data: Data, offset: number, last = true): { readonly text: string; readonly end: number } => {
  const { labels, end } = decodeName(data.message, data.start + offset);
  if (last ? end !== data.end : end > data.end) throw new BadMessage('a name does not fit its record');
  return { text: showName(labels), end: end - data.start };
};

const numbers = (data: Data, what: string, count: number): string => {
  need(data, 2 * count, what);
  return Array.from({ length: count }, (_, index) => data.message.readUInt16BE(data.start + 2 * index)).join(' ');
};

const addressV4 = (data: Data): string => {
  if (data.end - data.start !== 4) throw new BadMessage('an A record is not 4 bytes long');
  return data.message.subarray(data.start, data.end).join('.');
};

const addressV6 = (data: Data): string => {
  if (data.end - data.start !== 16) throw new BadMessage('an AAAA record is not 16 bytes long');
  const groups = Array.from({ length: 8 }, (_, index) =>
    data.message.readUInt16BE(data.start + 2 * index).toString(16),
  );
  return canonicalIpv6(groups.join(':')) ?? groups.join(':');
};

const utf8OrEscaped = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCodePoint(byte) : `\\${String(byte).padStart(3, '0')}`,
    ).join('');
  }
};

/** The strings of a TXT record are one text: their cuts every 255 bytes mean nothing. */
const text = (data: Data): string => {
  const parts: Buffer[] = [];
  for (let at = data.start; at < data.end;) {
    const length = data.message.readUInt8(at);
    if (at + 1 + length > data.end) throw new BadMessage('a TXT record is cut short');
    parts.push(data.message.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return utf8OrEscaped(Buffer.concat(parts));
};

const soa = (data: Data): string => {
  const primary = name(data, 0, false);
  const mailbox = name(data, primary.end, false);
  if (data.end - data.start - mailbox.end !== 20) throw new BadMessage('an SOA record has the wrong length');
  const rest = Array.from({ length: 5 }, (_, index) => data.message.readUInt32BE(data.start + mailbox.end + 4 * index));
  return [primary.text, mailbox.text, ...rest].join(' ');
};

const caa = (data: Data): string => {
  need(data, 2, 'a CAA record');
  const flags = data.message.readUInt8(data.start);
  const length = data.message.readUInt8(data.start + 1);
  need(data, 2 + length, 'a CAA record');
  const at = data.start + 2 + length;
  const tag = data.message.toString('latin1', data.start + 2, at).toLowerCase();
  return `${flags} ${tag} "${utf8OrEscaped(data.message.subarray(at, data.end))}"`;
};

/** What a record says, as one line of text in its canonical form; null for a type that no check asks for. */
export const recordText = (type: number, data: Data): string | null => {
  switch (type) {
    case TYPES.A:
      return addressV4(data);
    case TYPES.AAAA:
      return addressV6(data);
    case TYPES.CNAME:
    case TYPES.NS:
    case TYPES.PTR:
      return name(data, 0).text;
    case TYPES.MX:
      return `${numbers(data, 'an MX record', 1)} ${name(data, 2).text}`;
    case TYPES.SRV:
      return `${numbers(data, 'an SRV record', 3)} ${name(data, 6).text}`;
    case TYPES.TXT:
      return text(data);
    case TYPES.SOA:
      return soa(data);
    case TYPES.CAA:
      return caa(data);
    default:
      return null;
  }
};
