import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ProbeContext } from '../probe.ts';
import type { Attachment, Redact, TestSeen } from './results.ts';

const MOST_FILES = 100;
const MOST_FILE_BYTES = 20 * 1024 * 1024;
const MOST_BYTES = 100 * 1024 * 1024;

/** Which pictures of failed tests may be kept: none tells why not; `screenshots` are those with covered fields. */
export type PicturePolicy =
  { readonly keep: 'all' } | { readonly keep: 'screenshots' | 'none'; readonly because: string };

/** What failed tests left, as it is kept while the run goes on. */
export type Evidence = {
  /** Keeps what one failed try left. */
  readonly add: (test: TestSeen) => Promise<void>;
  /** Paths in the report folder of what a test left. */
  readonly of: (test: TestSeen) => readonly string[];
  /** What was not kept, and why, each once. */
  readonly withheld: () => readonly string[];
};

/** The advice for coding assistants that Playwright puts in front of what it knows of an error. */
const PREAMBLE = /^# Instructions\n[\s\S]*?(?=^# Test info)/m;

const readBounded = async (path: string): Promise<Buffer | null> => {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true && found.size <= MOST_FILE_BYTES ? readFile(path).catch(() => null) : null;
};

/** A field in a snapshot of a page (`- textbox "Password": ...`): on screenshots it is covered. */
const FIELD = /^\s*- (textbox|searchbox|combobox|spinbutton)\b/;

/** What a page shows outside of fields, as far as Playwright wrote it down. */
const shownText = (text: string): string =>
  [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => !FIELD.test(line))
    .join('\n');

/** Whether a secret can be read in words: then it may be on every picture as well. */
const tellsSecret = (test: TestSeen, texts: readonly string[], policy: PicturePolicy, redact: Redact): boolean => {
  const told = policy.keep === 'screenshots' ? texts.map(shownText) : [test.error ?? '', ...texts];
  return told.some((text) => redact(text) !== text);
};

/** Why a picture is not kept; null when it may be. */
const reasonAgainst = ({ name }: Attachment, policy: PicturePolicy, secret: boolean): string | null => {
  if (policy.keep === 'none' || (policy.keep === 'screenshots' && name !== 'screenshot')) return policy.because;
  return secret ? 'the test shows a secret' : null;
};

type Read = { readonly attachment: Attachment; readonly bytes: Buffer };

const readAll = async (attachments: readonly Attachment[]): Promise<readonly Read[]> => {
  const read: Read[] = [];
  for (const attachment of attachments) {
    const bytes = await readBounded(attachment.path);
    if (bytes !== null) read.push({ attachment, bytes });
  }
  return read;
};

/**
 * Keeps what failed tests leave. Secrets are taken out of texts; a picture (whatever is no text: a screenshot, a trace,
 * a video) is kept as the policy says, and never of a test that tells a secret in words.
 */
export const newEvidence = (policy: PicturePolicy, keep: ProbeContext['keep'], redact: Redact): Evidence => {
  const kept = new Map<string, readonly string[]>();
  const withheld = new Set<string>();
  let [files, bytesKept] = [0, 0];

  const keepOne = async (test: TestSeen, { attachment, bytes }: Read, secret: boolean): Promise<void> => {
    const isText = isUtf8(bytes);
    const why = isText ? null : reasonAgainst(attachment, policy, secret);
    if (why !== null) return void withheld.add(`${attachment.name}: ${why}`);
    if (files >= MOST_FILES || bytesKept + bytes.length > MOST_BYTES) {
      return void withheld.add(`${attachment.name}: ${MOST_FILES} files, or 100 MiB, are kept already`);
    }
    const content = isText ? redact(bytes.toString('utf8').replace(PREAMBLE, '')) : bytes;
    const path = await keep(`${basename(test.file)}-${test.line}-${basename(attachment.path)}`, content);
    if (path === null) return;
    [files, bytesKept] = [files + 1, bytesKept + bytes.length];
    kept.set(test.id, [...(kept.get(test.id) ?? []), path]);
  };

  return {
    add: async (test) => {
      const read = await readAll(test.attachments);
      const texts = read.filter(({ bytes }) => isUtf8(bytes)).map(({ bytes }) => bytes.toString('utf8'));
      const secret = tellsSecret(test, texts, policy, redact);
      for (const one of read) await keepOne(test, one, secret);
    },
    of: ({ id }) => kept.get(id) ?? [],
    withheld: () => [...withheld],
  };
};
