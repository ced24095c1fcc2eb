import { CouldNotLook } from '../probe.ts';
import type { Head } from './answer.ts';
import { invalidResponse, parseFieldLine } from './parse-head.ts';
import { byteSize, printable } from './printable.ts';
import type { Limits } from './request.ts';

/** Reads the header sections of one response. Every limit is a total over all of them. */
export type Http2Heads = {
  /** `raw` is names and values in turn, as Node gives them. Interim heads are counted, checked and dropped. */
  readonly interim: (raw: readonly string[]) => void;
  readonly final: (raw: readonly string[]) => Head;
  readonly trailers: (raw: readonly string[]) => Head['headers'];
};

type Field = readonly [name: string, value: string];

/** What a field counts beside its name and value (RFC 9113, 6.5.2). */
export const FIELD_OVERHEAD = 32;

const fieldsOf = (raw: readonly string[]): readonly Field[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));

const statusOf = (fields: readonly Field[]): number => {
  const [, status = ''] = fields.find(([name]) => name === ':status') ?? [];
  if (/^[1-5]\d\d$/.test(status)) return Number(status);
  throw invalidResponse(`invalid status: \`${printable(status, 40)}\` is not three digits from 100 to 599`);
};

/** A reader for one exchange. */
export const readHttp2Heads = (limits: Limits): Http2Heads => {
  let bytes = 0;
  let fields = 0;
  let interim = 0;

  const regular = (all: readonly Field[]): Head['headers'] => {
    const own = all.filter(([name]) => !name.startsWith(':'));
    fields += own.length;
    bytes += all.reduce((sum, [name, value]) => sum + name.length + value.length + FIELD_OVERHEAD, 0);
    if (bytes > limits.headerBytes) {
      throw new CouldNotLook('header-limit', `the header section is over ${byteSize(limits.headerBytes)}`);
    }
    if (fields > limits.headerFields) {
      throw new CouldNotLook('header-limit', `the header section has more than ${limits.headerFields} fields`);
    }
    return own.map(([name, value]) => parseFieldLine(`${name}: ${value}`));
  };

  return {
    interim: (raw) => {
      regular(fieldsOf(raw));
      interim += 1;
      if (interim > limits.interimResponses) {
        throw new CouldNotLook('interim-flood', `too many interim responses (over ${limits.interimResponses})`);
      }
    },
    final: (raw) => {
      const all = fieldsOf(raw);
      return { status: statusOf(all), statusText: '', httpVersion: '2', headers: regular(all) };
    },
    trailers: (raw) => regular(fieldsOf(raw)),
  };
};
