import type { Json } from '../../model/json.ts';

/** Every health body that is understood, by the name that `format:` takes. `json` and `text` are the plain home-made ones. */
export const HEALTH_FORMATS = [
  'ietf',
  'spring-boot',
  'microprofile',
  'aspnet-text',
  'aspnet-json',
  'nestjs-terminus',
  'godaddy-terminus',
  'lightship',
  'kubernetes',
  'json',
  'text',
] as const;

export type FormatName = (typeof HEALTH_FORMATS)[number];

/** What a system says of itself, whatever words its format has for it. `unknown` is never as good as `warn`. */
export type HealthStatus = 'pass' | 'warn' | 'fail' | 'unknown';

/** What came back from a health endpoint, and when. Header names are in lower case. */
export type HealthAnswer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | undefined;
  readonly json: Json | undefined;
  readonly at: Date;
};

/** One part of the system, as the body tells of it. */
export type Component = {
  /** As written; a part of a part is `outer/inner`. */
  readonly name: string;
  readonly status: HealthStatus;
  /** The status as written; null when the body lists the component without one. */
  readonly says: string | null;
  readonly detail?: string;
  readonly observed?: string;
  readonly time?: string;
};

/** What a format's reader makes of a body, before it is held against the HTTP status and against itself. */
export type Claim = {
  readonly total: HealthStatus;
  /** The total as written. */
  readonly says: string;
  readonly components: readonly Component[];
  /** Why the total is worse than what it says; null when it is not. */
  readonly note: string | null;
};

/** Total pass, nested fail. Both as written. */
export type Contradiction = { readonly component: string; readonly says: string; readonly total: string };

export type HealthReading = {
  readonly format: FormatName | 'unrecognised';
  readonly status: HealthStatus;
  readonly components: readonly Component[];
  /** The body against the HTTP status, one sentence each. */
  readonly disagreements: readonly string[];
  readonly contradictions: readonly Contradiction[];
  /** Why the answer may be an old one; null when nothing says so. */
  readonly stale: string | null;
  /** Why the status is not a pass, one sentence; null for a pass. */
  readonly message: string | null;
};
