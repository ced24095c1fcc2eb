import type { FactTable } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { worst } from './formats/words.ts';
import type { HealthReading } from './reading.ts';

/** What `health` reports beside the facts of `http`. */
export const healthFactTable: FactTable = {
  'health.status': {
    type: 'string',
    description: '`pass`, `warn`, `fail` or `unknown`, whatever the words of the body',
  },
  'health.format': { type: 'string', description: 'the format that was recognised, or `unrecognised`' },
  'health.message': { type: 'string', description: 'why the status is not `pass`; absent when it is' },
  'health.components.*': {
    type: 'string',
    description: 'status of a component by its name, a part of a part as `outer/inner`',
  },
  'health.disagreements': {
    type: 'list',
    description: 'where the body and the HTTP status say different things',
    code: 'health-contradiction',
  },
  'health.contradictions': {
    type: 'list',
    description: 'components that fail although the total passes',
    code: 'component-contradiction',
  },
  'health.missing': {
    type: 'list',
    description: 'components of `require` that are not listed',
    code: 'component-missing',
  },
  'health.stale': {
    type: 'string',
    description: 'why the answer may be an old one; absent when nothing says so',
    code: 'health-stale',
  },
};

/** A reading as facts. Components of the same name count as their worst. */
export const healthFacts = (reading: HealthReading, required: readonly string[]): JsonObject => {
  const byName = Map.groupBy(reading.components, (component) => component.name);
  return {
    status: reading.status,
    format: reading.format,
    ...(reading.message === null ? {} : { message: reading.message }),
    components: Object.fromEntries(
      [...byName].map(([name, same]) => [name, worst(same.map((component) => component.status))]),
    ),
    disagreements: reading.disagreements,
    contradictions: reading.contradictions.map(
      ({ component, says, total }) => `${component} says "${says}" while the total says "${total}"`,
    ),
    missing: required.filter((name) => !byName.has(name)),
    ...(reading.stale === null ? {} : { stale: reading.stale }),
  };
};
