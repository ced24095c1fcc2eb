/** What an output stream can show. */
export type Terminal = {
  /** Lines may be redrawn: somebody watches, and the terminal knows how. */
  readonly live: boolean;
  readonly colour: boolean;
  readonly columns: number;
};

type Stream = { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };
type Environment = { readonly [name: string]: string | undefined };

const USUAL_COLUMNS = 80;

/**
 * What can be shown on a stream. `FORCE_COLOR` decides on colour before `NO_COLOR`, and both before what the stream is;
 * no stream that is not a terminal, no `TERM=dumb` and no CI is ever redrawn.
 */
export const describeTerminal = (stream: Stream, environment: Environment): Terminal => {
  const capable = stream.isTTY === true && environment['TERM'] !== 'dumb';
  return {
    live: capable && !isSet(environment['CI']),
    colour: wantsColour(environment) ?? capable,
    columns: stream.columns !== undefined && stream.columns > 0 ? stream.columns : USUAL_COLUMNS,
  };
};

/** Null when the environment has no wish. Any `NO_COLOR` but an empty one means no colour (no-color.org). */
const wantsColour = (environment: Environment): boolean | null => {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = environment;
  if (forced !== undefined) return forced === '' || isSet(forced);
  return refused === undefined || refused === '' ? null : false;
};

const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== '' && value !== '0' && value !== 'false';
