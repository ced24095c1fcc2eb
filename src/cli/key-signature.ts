import { resolve } from 'node:path';
import { UsageError } from '../model/fault.ts';
import { signText, verifySignature } from '../shell/ssh-signature.ts';
import type { World } from './world.ts';

/** A text to sign with a key, and who signs it; `allowedSigners` is held against at once, where there is one. */
type ToSign = {
  /** The path of an SSH key; null for no signature. */
  readonly key: string | null;
  readonly text: string;
  readonly by: string;
  readonly allowedSigners: string | null;
};

/** The signature, without its armour; null without a key. Throws `UsageError` for one that could not count. */
export const keySignature = async (
  { key, text, by, allowedSigners }: ToSign,
  { environment, workingDirectory }: World,
): Promise<string | null> => {
  if (key === null) return null;
  const signed = await signText(text, resolve(workingDirectory, key), environment);
  if (!signed.ok) throw new UsageError(`"${key}" does not sign: ${signed.reason}`);
  const { signature } = signed;
  if (allowedSigners === null) return signature;
  const given = { text, signature, by, allowedSigners: resolve(workingDirectory, allowedSigners) };
  const trouble = await verifySignature(given, environment);
  if (trouble === null) return signature;
  throw new UsageError(
    `the signature would not count: ${trouble}`,
    `${allowedSigners} has to name "${by}" with that key`,
  );
};
