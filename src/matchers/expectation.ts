import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import type { Level } from '../model/outcome.ts';
import type { SourcePosition } from '../model/position.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { MatcherName } from './matcher.ts';

/** What a check asks of one fact, as data: `fact matcher expected`. */
export type Expectation = {
  /** A fact's name (`status`, `headers.content-type`) or a JSONPath over the fact `json` (`$.status`). */
  readonly fact: string;
  /** The fact's type, so that explanations show numbers with their unit; left out when it is not known. */
  readonly type?: FactType;
  readonly matcher: MatcherName;
  /** Units are resolved: durations in milliseconds, sizes in bytes, percentages as a ratio. */
  readonly expected: Json;
  readonly level: Level;
  /** The reason code of a break that no sign explains; null leaves it to how it broke. */
  readonly code: ReasonCode | null;
  /** Where it was written; null for a default of the probe kind. */
  readonly source: SourcePosition | null;
};

/** How a comparison broke: the value is absent, is of a type that cannot be compared, or is simply different. */
export type Break = 'missing' | 'type' | 'different';

/** An expectation after the look. `actual` is absent when there was no such value. */
export type ExpectationResult = Expectation & {
  readonly held: boolean;
  readonly break: Break | null;
  readonly actual?: Json;
  /** One sentence: `string "degraded" is not "pass"`. Empty when it held. */
  readonly explanation: string;
};
