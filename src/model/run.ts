import type { Static } from 'typebox';
import type * as Schema from './run-schema.ts';

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** A judged run: exactly what `run.json` holds, and all that a report may show. */
export type Run = DeepReadonly<Static<typeof Schema.Run>>;
export type CheckResult = DeepReadonly<Static<typeof Schema.CheckResult>>;
export type StepResult = DeepReadonly<Static<typeof Schema.StepResult>>;
export type ScenarioResult = DeepReadonly<Static<typeof Schema.ScenarioResult>>;
export type ManualResult = DeepReadonly<Static<typeof Schema.ManualResult>>;
export type WaiverResult = DeepReadonly<Static<typeof Schema.Waiver>>;
export type RiskResult = DeepReadonly<Static<typeof Schema.RiskResult>>;
export type GateResult = DeepReadonly<Static<typeof Schema.GateResult>>;
export type Blocker = DeepReadonly<Static<typeof Schema.Blocker>>;
export type Contradiction = DeepReadonly<Static<typeof Schema.Contradiction>>;
export type RunbookSection = DeepReadonly<Static<typeof Schema.RunbookSection>>;
export type OwnerShown = DeepReadonly<Static<typeof Schema.OwnerShown>>;
