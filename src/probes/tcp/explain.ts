import type { Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import { addressSigns } from '../http/family-facts.ts';
import type { Spec } from './schema.ts';

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

const quoted = (banner: string | null): string =>
  banner === null || banner === '' ? 'nothing' : `"${banner.slice(0, 120).replaceAll('\n', String.raw`\n`)}"`;

/** The conditions that a connection can show. Pure. */
export const explainTcp = (facts: Facts, spec: Spec): readonly Sign[] => {
  const address = text(facts['address']);
  const open: readonly Sign[] =
    facts['connected'] === true && spec.closed === true
      ? [
          {
            code: 'port-open',
            fact: 'connected',
            message: `the port answers${address === null ? '' : ` at ${address}`} and must not be reachable`,
          },
        ]
      : [];
  const signs = [...open, ...addressSigns(facts)];
  if (facts['found'] !== false || typeof spec.read !== 'string') return signs;
  const banner = quoted(text(facts['banner']));
  const message = `the answer does not contain ${JSON.stringify(spec.read.slice(0, 120))}: it is ${banner}`;
  return [...signs, { code: 'assertion-failed', fact: 'found', message }];
};
