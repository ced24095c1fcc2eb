import { CouldNotLook } from '../probe.ts';
import type { Head } from './answer.ts';
import { assembleLines } from './lines.ts';
import { invalidResponse, notHttp, parseFieldLine, parseStatusLine } from './parse-head.ts';
import { byteSize } from './printable.ts';
import type { Limits } from './request.ts';

/** Reads heads out of chunks until the final one; interim responses are counted and dropped. Every limit is a total. */
export type HeadReader = {
  /** Null for "more"; else the final head and the bytes that follow it. Throws `CouldNotLook`. */
  readonly push: (chunk: Uint8Array) => { readonly head: Head; readonly rest: Uint8Array } | null;
  readonly bytes: () => number;
  /** How far it came, for messages: `no byte of a response`, `17 header bytes`. */
  readonly progress: () => string;
};

type Section = { start: Omit<Head, 'headers'> | null; headers: (readonly [string, string])[] };

const PREFIX = Buffer.from('HTTP/');

const looksLikeHttp = (first: Uint8Array): boolean =>
  PREFIX.subarray(0, first.length).equals(first.subarray(0, PREFIX.length));

const progress = (bytes: number, interim: number): string => {
  if (interim > 0) return `${interim} interim and no final response`;
  return bytes === 0 ? 'no byte of a response' : `${bytes} header byte${bytes === 1 ? '' : 's'}`;
};

/** A reader for one exchange. */
export const readHead = (limits: Limits): HeadReader => {
  const lines = assembleLines('the header section');
  let section: Section = { start: null, headers: [] };
  let first: Uint8Array = new Uint8Array();
  let bytes = 0;
  let fields = 0;
  let interim = 0;

  const checkStart = (chunk: Uint8Array): void => {
    if (section.start !== null || first.length >= PREFIX.length) return;
    first = Buffer.concat([first, chunk]);
    if (!looksLikeHttp(first)) throw notHttp(first);
  };

  const field = (line: string): void => {
    fields += 1;
    if (fields > limits.headerFields) {
      throw new CouldNotLook('header-limit', `the header section has more than ${limits.headerFields} fields`);
    }
    section.headers.push(parseFieldLine(line));
  };

  /** The final head when `line` ends it. */
  const accept = (line: string): Head | null => {
    if (section.start === null) {
      section.start = parseStatusLine(line);
      return null;
    }
    if (line !== '') {
      field(line);
      return null;
    }
    const head = { ...section.start, headers: section.headers };
    if (head.status === 101) throw invalidResponse('101 Switching Protocols, and no switch was asked for');
    if (head.status >= 200) return head;
    interim += 1;
    if (interim > limits.interimResponses) {
      throw new CouldNotLook('interim-flood', `too many interim responses (over ${limits.interimResponses})`);
    }
    section = { start: null, headers: [] };
    first = new Uint8Array();
    return null;
  };

  const push: HeadReader['push'] = (chunk) => {
    let offset = 0;
    while (offset < chunk.length) {
      checkStart(chunk.subarray(offset));
      const taken = lines.take(chunk, offset);
      bytes += taken.offset - offset;
      offset = taken.offset;
      if (bytes > limits.headerBytes) {
        throw new CouldNotLook('header-limit', `the header section is over ${byteSize(limits.headerBytes)}`);
      }
      const head = taken.line === null ? null : accept(taken.line);
      if (head !== null) return { head, rest: chunk.subarray(offset) };
    }
    return null;
  };

  return { push, bytes: () => bytes, progress: () => progress(bytes, interim) };
};
