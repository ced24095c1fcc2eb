import type { Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { readExpected } from './expected.ts';
import { readQuery } from './query.ts';
import type { Spec } from './schema.ts';

const SHOWN = 10;

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const listed = (records: readonly string[]): string => {
  const more = records.length - SHOWN;
  const shown = records.slice(0, SHOWN).map((record) => (record.length > 100 ? `${record.slice(0, 100)}...` : record));
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** Who the answer is about: the name, or what it is an alias of. */
const subject = (facts: Facts, name: string): string => {
  const end = texts(facts['cname']).at(-1);
  return end === undefined ? name : `${name} is an alias of ${end}, which`;
};

const rcodeSign = (facts: Facts, name: string, server: string): Sign | null => {
  const rcode = typeof facts['rcode'] === 'string' ? facts['rcode'] : 'NOERROR';
  const sign = (code: ReasonCode, message: string): Sign => ({ code, fact: 'rcode', message });
  switch (rcode) {
    case 'NOERROR':
      return null;
    case 'NXDOMAIN':
      return sign('dns-nxdomain', `${subject(facts, name)} does not exist (NXDOMAIN from ${server})`);
    case 'SERVFAIL':
      return sign('dns-servfail', `${server} failed to look up ${name} (SERVFAIL)`);
    case 'REFUSED':
    case 'NOTAUTH':
      return sign('dns-refused', `${server} refused to look up ${name} (${rcode})`);
    default:
      return sign('dns-servfail', `${server} could not look up ${name} (${rcode})`);
  }
};

const mismatchSigns = (facts: Facts, name: string, spec: Spec): readonly Sign[] => {
  const expected = readExpected(spec);
  if (expected === null) return [];
  const missing = texts(facts['missing']);
  const unexpected = texts(facts['unexpected']);
  if (missing.length === 0 && unexpected.length === 0) return [];
  const found = texts(facts['records']);
  const parts = [
    ...(missing.length === 0 ? [] : [`${expected.mode === 'any' ? 'none is there of' : 'missing'} ${listed(missing)}`]),
    ...(unexpected.length === 0 ? [] : [`unexpected ${listed(unexpected)}`]),
    ...(unexpected.length > 0 || found.length === 0 ? [] : [`found ${listed(found)}`]),
  ];
  const message = `the ${spec.type ?? 'A'} records of ${name} are not those expected: ${parts.join('; ')}`;
  const broken = [...(missing.length === 0 ? [] : ['missing']), ...(unexpected.length === 0 ? [] : ['unexpected'])];
  return [...broken, 'records'].map((fact) => ({ code: 'dns-mismatch', fact, message }));
};

/** The conditions that an answer of DNS can show. Pure. */
export const explainDns = (facts: Facts, spec: Spec): readonly Sign[] => {
  const name = readQuery(spec)?.name ?? spec.name;
  const server = typeof facts['server'] === 'string' ? facts['server'] : 'the name server';
  const loop = facts['cname-loop'];
  const rcode = rcodeSign(facts, name, server);
  return [
    ...(typeof loop === 'string'
      ? (['rcode', 'count'] as const).map((fact): Sign => ({
          code: 'dns-cname-loop',
          fact,
          message: `the aliases of ${name} go in a circle: ${loop}`,
        }))
      : []),
    ...(rcode === null ? [] : [rcode]),
    ...(facts['count'] === 0
      ? [
          {
            code: 'dns-no-records',
            fact: 'count',
            message: `${subject(facts, name)} has no ${spec.type ?? 'A'} record (asked ${server})`,
          } as const,
        ]
      : []),
    ...mismatchSigns(facts, name, spec),
  ];
};
