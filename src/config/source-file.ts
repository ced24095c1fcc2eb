import type { Json } from '../model/json.ts';
import type { SourcePosition } from '../model/position.ts';
import type { LineTable } from './lines.ts';
import { lineColumn, lineTable } from './lines.ts';
import type { Families, MatrixRow } from './matrix.ts';
import type { YamlFault } from './yaml/composer-state.ts';
import { parseYaml } from './yaml/parse.ts';
import type { FindPlace, Path, Span } from './yaml/places.ts';

/** A configuration file as it was read. */
export type SourceFile = {
  /** Relative to the working folder, with `/` between parts. */
  readonly path: string;
  readonly text: string;
  readonly value: Json;
  readonly faults: readonly YamlFault[];
  readonly findPlace: FindPlace;
  /** Worked out when the first position is asked for. */
  readonly lines: () => LineTable;
  /** By the id of an entry that a matrix was written out into: what `${matrix.NAME}` stands for in it. */
  readonly rows: ReadonlyMap<string, MatrixRow>;
  /** By the id that has a matrix: the ids of its rows. */
  readonly families: Families;
};

/** Parses a file's text; a byte order mark at its start is dropped. */
export const makeSourceFile = (path: string, written: string): SourceFile => {
  const text = written.startsWith('\uFEFF') ? written.slice(1) : written;
  let lines: LineTable | null = null;
  return {
    path,
    text,
    ...parseYaml(text),
    lines: () => (lines ??= lineTable(text)),
    rows: new Map(),
    families: new Map(),
  };
};

/** Whether the key of a value is meant or the value itself. */
export type Side = 'key' | 'value';

export const spanOf = (file: SourceFile, path: Path, side: Side): Span => {
  const { key, value } = file.findPlace(path);
  return side === 'key' ? (key ?? value) : value;
};

/** Where a key or a value of the file is written. */
export const positionOf = (file: SourceFile, path: Path, side: Side): SourcePosition =>
  positionAt(file, spanOf(file, path, side).offset);

export const positionAt = (file: SourceFile, offset: number): SourcePosition => ({
  file: file.path,
  ...lineColumn(file.lines(), offset),
});
