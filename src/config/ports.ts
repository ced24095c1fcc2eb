/** A file's text, or why there is none, as the end of a sentence about the file: `does not exist`, `is a directory`. */
export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** No configuration file, secret file or runbook is read beyond this; a longer one is refused by its size. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** The world, as loading needs it. Paths that go in and out are relative to `workingDirectory`, or absolute. */
export type LoadPorts = {
  /**
   * Reads a regular file as UTF-8, at most `MAX_FILE_BYTES`. Never rejects. Pipes, devices and folders are refused
   * without being opened; bytes that are not UTF-8 are refused, not replaced.
   */
  readonly readText: (path: string) => Promise<FileText>;
  /**
   * The regular files that match any of the patterns, each once, sorted, with `/` between parts. Patterns are relative
   * to `baseDir`; the paths that come back are relative to `workingDirectory` when they lie in it, else absolute.
   */
  readonly glob: (patterns: readonly string[], baseDir: string) => Promise<readonly string[]>;
  /** SHA-256 of a regular file as lower-case hex; null when it cannot be read. */
  readonly hashFile: (path: string) => Promise<string | null>;
  /**
   * What is wrong with an SSH signature (without its armour) that `by` is said to have made on a text, by a file of
   * allowed signers; null when it is good. Never rejects.
   */
  readonly verifySignature: (given: {
    readonly text: string;
    readonly signature: string;
    readonly by: string;
    readonly allowedSigners: string;
  }) => Promise<string | null>;
  readonly environment: { readonly [name: string]: string | undefined };
  /** As `readText`, for the file that `NAME_FILE` points to; the text is a secret. */
  readonly readSecretFile: (path: string) => Promise<FileText>;
  /** A new random UUID at each call, for `${uuid}`. */
  readonly uuid: () => string;
  /** What `${run.id}` stands for. */
  readonly runId: string;
  /** Absolute; positions and the paths of the result are relative to it. */
  readonly workingDirectory: string;
};
