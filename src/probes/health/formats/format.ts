import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import type { Claim, FormatName, HealthAnswer } from '../reading.ts';

/** One dialect of health bodies. */
export type HealthFormat = {
  readonly name: FormatName;
  /** Whether a body is surely of this format, so that `auto` may choose it. */
  readonly recognises: (answer: HealthAnswer) => boolean;
  /** What the body says; null when it has not this format's shape at all. */
  readonly read: (answer: HealthAnswer) => Claim | null;
};

/** A format whose body is a JSON object. */
export const jsonFormat = (format: {
  readonly name: FormatName;
  readonly recognises: (body: JsonObject, answer: HealthAnswer) => boolean;
  readonly read: (body: JsonObject) => Claim | null;
}): HealthFormat => ({
  name: format.name,
  recognises: (answer) => {
    const body = objectOf(answer);
    return body !== null && format.recognises(body, answer);
  },
  read: (answer) => {
    const body = objectOf(answer);
    return body === null ? null : format.read(body);
  },
});

const objectOf = ({ json }: HealthAnswer): JsonObject | null => (isJsonObject(json) ? json : null);
