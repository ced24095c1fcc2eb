import type { JsonObject } from '../model/json.ts';
import { hideSecrets } from './describe.ts';
import type { FilledFile } from './fill.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Filled } from './interpolate.ts';
import type { Channel } from './notify.ts';
import { valueAt } from './value-at.ts';
import { mapAt } from './written.ts';
import type { Path } from './yaml/places.ts';

/** Values that let anybody speak in our name. */
const CONFIDENTIAL: { readonly [Kind in Channel['kind']]: readonly string[] } = {
  webhook: [],
  slack: ['url'],
  pagerduty: ['routing-key'],
  github: ['token'],
};

const isConfidential = (header: string): boolean => /authorization|token|key|secret|cookie/i.test(header);

/** A text of a channel; empty when it is not there. */
export const textIn = (spec: JsonObject, name: string): string => {
  const value = spec[name];
  return typeof value === 'string' ? value : '';
};

/** Values with which others could speak in our name come from secrets. */
export const openSecrets = (
  { file }: FilledFile,
  path: Path,
  kind: Channel['kind'],
  spec: JsonObject,
  filled: readonly Filled[],
): readonly Finding[] => {
  const headers = kind === 'webhook' ? Object.keys(mapAt(spec, ['headers'])) : [];
  const inner: readonly Path[] = [
    ...CONFIDENTIAL[kind].map((name) => [name]),
    ...headers.filter(isConfidential).map((name) => ['headers', name]),
  ];
  return inner.flatMap((one) => {
    const at = [...path, ...one];
    if (valueAt(spec, one) === undefined) return [];
    const from = filled.find(
      (other) => other.path.length === at.length && other.path.every((step, i) => step === at[i]),
    );
    if (from !== undefined && from.origins.secrets.length + from.origins.absent.length > 0) return [];
    const message = `${one.join('.')} has to come from a secret`;
    return [findingAt(file, at, 'value', message, { hint: 'declare it under secrets: and write ${secret.NAME}' })];
  });
};

/** What is wrong with the values of a channel that are all set. */
export const specFindings = (
  root: FilledFile,
  path: Path,
  kind: Channel['kind'],
  spec: JsonObject,
  secrets: readonly string[],
): readonly Finding[] => {
  const at = (name: string, message: string, hint: string | null = null): Finding =>
    findingAt(root.file, [...path, name], 'value', hideSecrets(message, secrets), { hint });
  const url = textIn(spec, 'url') || null;
  const secret = kind !== 'webhook' || Object.keys(mapAt(spec, ['headers'])).some(isConfidential);
  const findings = [...urlFindings(root, [...path, 'url'], url, 'url', secret, secrets)];
  if (kind === 'pagerduty' && !/^[A-Za-z0-9]{32}$/.test(textIn(spec, 'routing-key')))
    findings.push(
      at(
        'routing-key',
        'a routing key has 32 letters and digits',
        'it is the integration key of an Events API v2 integration',
      ),
    );
  if (kind !== 'github') return findings;
  if (!/^[\w.-]+\/[\w.-]+$/.test(textIn(spec, 'repository')))
    findings.push(at('repository', `expected owner/name, found "${textIn(spec, 'repository')}"`));
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(textIn(spec, 'commit')))
    findings.push(at('commit', `expected the whole hash of a commit, found "${textIn(spec, 'commit')}"`));
  return [
    ...findings,
    ...urlFindings(root, [...path, 'target-url'], textIn(spec, 'target-url') || null, 'target-url', false, secrets),
  ];
};

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A URL of HTTP; over TLS where a secret travels, but on this machine itself. */
export const urlFindings = (
  { file }: FilledFile,
  path: Path,
  text: string | null,
  name: string,
  secret: boolean,
  secrets: readonly string[],
): readonly Finding[] => {
  if (text === null || text.includes('${')) return [];
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return [findingAt(file, path, 'value', hideSecrets(`${name} is not a URL of http or https`, secrets))];
  if (!secret || url.protocol === 'https:' || LOOPBACK.test(url.hostname)) return [];
  return [findingAt(file, path, 'value', `a secret would travel in plain text: ${name} has to begin with https:`)];
};
