import type { Problem } from './problem.ts';
import type { Side, SourceFile } from './source-file.ts';
import { positionAt, spanOf } from './source-file.ts';
import type { Path, Span } from './yaml/places.ts';

/** A problem before its position is worked out: where it is, by file and path. */
export type Finding = {
  /** Null when no file is meant. */
  readonly file: SourceFile | null;
  readonly path: Path;
  readonly side: Side;
  readonly severity: Problem['severity'];
  readonly message: string;
  /** A function when finding the hint takes time: it is only called for problems that are shown. */
  readonly hint: string | null | (() => string | null);
  /** The part of the value that is meant; underlined alone where it can be found in the text. */
  readonly token: string | null;
  /** Says where in the text, instead of the path. */
  readonly span: Span | null;
};

type Extras = Partial<Pick<Finding, 'hint' | 'severity' | 'token' | 'span'>>;

export const findingAt = (file: SourceFile, path: Path, side: Side, message: string, extras: Extras = {}): Finding => ({
  file,
  path,
  side,
  message,
  severity: 'error',
  hint: null,
  token: null,
  span: null,
  ...extras,
});

/** A finding about what was asked for rather than about a file. */
export const findingWithoutPlace = (message: string, hint: string | null = null): Finding => ({
  file: null,
  path: [],
  side: 'value',
  message,
  severity: 'error',
  hint,
  token: null,
  span: null,
});

/** Suggestions cost time; this many problems get one. */
const MAX_HINTS = 200;

/**
 * Findings with their positions, in the order of the files and then of their lines. Each is said once, and where the
 * text itself is at fault nothing else is said about that place.
 */
export const toProblems = (findings: readonly Finding[], files: readonly SourceFile[]): readonly Problem[] => {
  const order = new Map(files.map((file, at) => [file, at]));
  const rank = ({ file }: Finding): number => (file === null ? -1 : (order.get(file) ?? files.length));
  const placed = findings
    .map((finding) => ({ finding, span: finding.file === null ? null : locate(finding.file, finding) }))
    .sort((a, b) => rank(a.finding) - rank(b.finding) || (a.span?.offset ?? 0) - (b.span?.offset ?? 0));
  const seen = new Set<string>();
  const faulty = new Set(
    placed
      .filter(({ finding }) => finding.span !== null)
      .map(({ finding, span }) => `${rank(finding)} ${span?.offset}`),
  );
  return placed.flatMap(({ finding, span }, at) => {
    const { file, severity, message, hint } = finding;
    const place = `${rank(finding)} ${span?.offset}`;
    const id = `${place} ${message}`;
    if (seen.has(id) || (finding.span === null && faulty.has(place))) return [];
    seen.add(id);
    return {
      severity,
      message,
      hint: typeof hint === 'function' ? (at < MAX_HINTS ? hint() : null) : hint,
      position: file === null || span === null ? null : positionAt(file, span.offset),
      length: span?.length ?? 0,
    };
  });
};

const locate = (file: SourceFile, { path, side, token, span }: Finding): Span => {
  const whole = span ?? spanOf(file, path, side);
  if (token === null) return whole;
  const at = file.text.slice(whole.offset, whole.offset + whole.length).indexOf(token);
  return at < 0 ? whole : { offset: whole.offset + at, length: token.length };
};
