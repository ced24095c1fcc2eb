import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import type { Answer } from './ask.ts';
import { type Relation, relationFrom } from './relation.ts';
import type { Spec } from './schema.ts';
import { structureFacts } from './structure-facts.ts';
import { NAMED_FUNCTIONS, NAMED_TABLES, TABLES_OF_SCHEMA } from './structure-sql.ts';

/** Asks one of our own statements with one parameter. */
export type AskOwn = (text: string, value: string) => Promise<Answer>;

/** What must be gone must be gone everywhere: a search path that leads elsewhere proves nothing. */
const wanted = (names: readonly string[], spec: Spec): string =>
  JSON.stringify(
    Array.from(new Set(names), (asked) => {
      const [first = '', second] = asked.split('.');
      const everywhere = spec.tables?.absent?.includes(asked) === true;
      return second === undefined
        ? { asked, schema: spec.schema ?? null, name: first, everywhere }
        : { asked, schema: first, name: second, everywhere };
    }),
  );

const relationsOf = ({ rows }: Answer): readonly Relation[] => rows.map(([text = null]) => relationFrom(text));

const namedRelations = async (spec: Spec, askOwn: AskOwn): Promise<readonly Relation[]> => {
  const { tables = {}, columns = {}, 'row-level-security': rules = {} } = spec;
  const names = [...(tables.exist ?? []), ...(tables.absent ?? []), ...Object.keys(columns), ...(rules.tables ?? [])];
  if (names.length === 0) return [];
  const found = relationsOf(await askOwn(NAMED_TABLES, wanted(names, spec)));
  return found.toSorted((a, b) => names.indexOf(a.asked) - names.indexOf(b.asked));
};

const ofSchema = async (schema: string, askOwn: AskOwn): Promise<readonly Relation[]> => {
  const answer = await askOwn(TABLES_OF_SCHEMA, schema);
  if (answer.cut) throw new CouldNotLook('query-failed', 'the schema holds more tables than one look can tell of');
  return relationsOf(answer);
};

const foundFunctions = async (names: readonly string[], spec: Spec, askOwn: AskOwn): Promise<ReadonlySet<string>> => {
  const { rows } = await askOwn(NAMED_FUNCTIONS, wanted(names, spec));
  return new Set(rows.flatMap(([name = null]) => (name === null ? [] : [name])));
};

/** Looks at the tables, columns, policies and functions that a spec names. */
export const lookAtStructure = async (spec: Spec, askOwn: AskOwn): Promise<Facts> => {
  const { 'row-level-security': rules = {} } = spec;
  const named = await namedRelations(spec, askOwn);
  const asked = new Set(rules.tables);
  const secured =
    rules.schema === undefined ? named.filter((one) => asked.has(one.asked)) : await ofSchema(rules.schema, askOwn);
  const functions =
    rules.functions === undefined ? new Set<string>() : await foundFunctions(rules.functions, spec, askOwn);
  return structureFacts(spec, { named, secured, functions });
};
