import type { Ended } from '../e2e/gonogo.ts';

/** Where a case is played: a folder of its own, the addresses of the servers, and gonogo itself. */
export type Stage = {
  readonly folder: string;
  readonly urls: Urls;
  readonly run: (...argv: readonly string[]) => Promise<Ended>;
};

/** The servers that the cases look at, by environment variable. */
export type Urls = { readonly [variable: string]: string };

/** One way to end green wrongly. */
export type Case = {
  readonly name: string;
  /** `gonogo.yaml`, after its version; other files by path beside it. */
  readonly file: string;
  readonly files?: { readonly [path: string]: string };
  readonly argv?: readonly string[];
  readonly variables?: { readonly [name: string]: string };
  /** Never 0. */
  readonly exit: number;
  /** A part of what is said, blanks folded. */
  readonly says: string;
  /** What is done instead of one command, where that takes more. */
  readonly act?: (stage: Stage) => Promise<Ended>;
};

/** A check that always passes: what keeps a wrong verdict green. */
export const HERE = 'here: { files: { glob: gonogo.yaml } }';

/** A file with the check that passes and one more. */
export const beside = (check: string): string => `checks:\n  ${HERE}\n  ${check}\n`;

/** A file with one check of what an HTTP server answers. */
export const asking = (path: string, more = ''): string =>
  beside(`asked: { http: '\${env.TARGET}${path}'${more === '' ? '' : `, ${more}`} }`);

export const RUN = ['run', '--quiet', '--no-history', '--out', 'run'] as const;

export const [NO_GO, USAGE, HOLD, NOT_WRITTEN] = [1, 2, 3, 4];
