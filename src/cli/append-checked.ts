import { UsageError } from '../model/fault.ts';
import { MAX_FILE_BYTES } from '../config/ports.ts';
import { appendText, readText } from '../shell/files.ts';
import { systemReason } from '../shell/system-error.ts';

/** A file to append to: where it is, and what people call it. */
type Target = { readonly path: string; readonly name: string };

/**
 * Appends a text to a file that people keep by hand, after reading the whole as it would be: `trouble` says what would be
 * wrong with it, and then nothing is written. The text is appended in one piece, so that two who do it at once both count.
 * Throws `UsageError` with what stands in the way.
 */
export const appendChecked = async (
  { path, name }: Target,
  textAfter: (before: string) => string,
  trouble: (whole: string) => string | null,
): Promise<void> => {
  const read = await readText(path, MAX_FILE_BYTES);
  if (!read.ok && read.reason !== 'does not exist') throw new UsageError(`${name} ${read.reason}`);
  const before = read.ok ? read.text : '';
  const added = textAfter(before);
  const whole = before === '' || before.endsWith('\n') ? before + added : `${before}\n${added}`;
  const wrong = trouble(whole);
  if (wrong !== null) {
    throw new UsageError(`${name} cannot be added to: ${wrong}`, `write this into it yourself:\n\n${added}`);
  }
  try {
    await appendText(path, added);
  } catch (error) {
    throw new UsageError(`${name} cannot be written: ${systemReason(error)}`, null, { cause: error });
  }
};
