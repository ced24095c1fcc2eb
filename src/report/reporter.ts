import type { Run } from '../model/run.ts';

/** What a rendering needs besides the run. A format ignores what it has no use for. */
export type ReportOptions = {
  /** Whether the console report may use ANSI colours. */
  readonly colour: boolean;
  /** Columns of the console report; 100 unless the terminal says otherwise. */
  readonly width: number;
  /** Whether the sink shows more than ASCII; if not, other characters are shown as `\u{..}`. */
  readonly unicode: boolean;
  /** The line of a configuration file as it was written, for code frames; null when it cannot be had. */
  readonly sourceOf: SourceLookup;
  /** Leads from where the report will lie to the working folder, for relative links: `../../`, or nothing. */
  readonly root: string;
  /** How a pipeline names files; absent where paths are from the working folder, and evidence from that of the run. */
  readonly pipeline?: PipelinePaths;
};

/** Names of files as a pipeline finds them: from its workspace. */
export type PipelinePaths = {
  /** Of the configuration. */
  readonly ofFile: (path: string) => string;
  /** Of what the run kept, given from the folder of the run. */
  readonly ofEvidence: (path: string) => string;
};

/** For a report that no pipeline reads. */
export const SAME_PATHS: PipelinePaths = { ofFile: (path) => path, ofEvidence: (path) => path };

export type SourceLookup = (file: string, line: number) => string | null;

/** Renders a run. Pure: no clock, no terminal, no file, and checks in plan order. */
export type Reporter = (run: Run, options: ReportOptions) => string;

/** The columns of a console report whose terminal does not tell its own. */
export const DEFAULT_WIDTH = 100;
