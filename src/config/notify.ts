import type { JsonObject } from '../model/json.ts';
import type { SourcePosition } from '../model/position.ts';
import type { FilledFile } from './fill.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import { openSecrets, specFindings, textIn, urlFindings } from './notify-rules.ts';
import { positionOf } from './source-file.ts';
import { valueAt } from './value-at.ts';
import { mapAt, textAt, textsAt } from './written.ts';
import type { Path } from './yaml/places.ts';

/** When somebody is told: the verdict is another one than the last time, always, or it is NO-GO or HOLD. */
export type NotifyOn = 'change' | 'always' | 'failure';

/** Where a verdict is told, with all that it takes. May hold secrets, so it is never written anywhere. */
export type Channel =
  | { readonly kind: 'webhook'; readonly url: string; readonly headers: { readonly [name: string]: string } }
  | { readonly kind: 'slack'; readonly url: string }
  | { readonly kind: 'pagerduty'; readonly url: string; readonly routingKey: string }
  | {
      readonly kind: 'github';
      /** Of the API. */
      readonly url: string;
      readonly repository: string;
      readonly commit: string;
      readonly token: string;
      readonly context: string;
      /** Where the status leads to; null for nowhere. */
      readonly targetUrl: string | null;
    };

/** One entry of `notify:`. */
export type Notification = {
  readonly id: string;
  readonly on: NotifyOn;
  readonly kind: Channel['kind'];
  /** Null when something is not set: then nobody can be told. */
  readonly channel: Channel | null;
  /** Names of variables and secrets that are not set. */
  readonly missing: readonly string[];
  /** What the paths of runbooks are appended to, so that they can be followed; null when nobody said. */
  readonly runbooksUrl: string | null;
  readonly source: SourcePosition;
};

const KINDS = ['webhook', 'slack', 'pagerduty', 'github'] as const;

const PAGERDUTY_URL = 'https://events.pagerduty.com/v2/enqueue';
const GITHUB_URL = 'https://api.github.com';

export type ResolvedNotify = { readonly notify: readonly Notification[]; readonly findings: readonly Finding[] };

/** Who is told of a verdict. What is not set is no error: a run at a desk tells nobody. */
export const resolveNotify = (
  root: FilledFile,
  environment: string | null,
  secrets: readonly string[],
): ResolvedNotify => {
  const entries = Object.keys(mapAt(root.value, ['notify'])).map((id) => resolveOne(id, root, environment, secrets));
  return {
    notify: entries.flatMap(({ notification }) => notification ?? []),
    findings: entries.flatMap(({ findings }) => findings),
  };
};

const resolveOne = (id: string, root: FilledFile, environment: string | null, secrets: readonly string[]) => {
  const { file, value } = root;
  const path: Path = ['notify', id];
  const [kind, second] = KINDS.filter((one) => valueAt(value, [...path, one]) !== undefined);
  if (kind === undefined || second !== undefined) {
    const message =
      kind === undefined
        ? `"${id}" does not say whom to tell`
        : `"${id}" tells two, ${kind} and ${second}: write two entries`;
    const hint = kind === undefined ? `add one of ${KINDS.join(', ')}` : null;
    return { notification: null, findings: [findingAt(file, path, 'key', message, { hint })] };
  }
  const filled = root.filled.filter((one) => path.every((step, at) => one.path[at] === step));
  const missing = [...new Set(filled.flatMap(({ origins }) => [...origins.absent, ...origins.unset]))];
  const spec = mapAt(value, [...path, kind]);
  const places = textsAt(value, [...path, 'when', 'environment']).map(({ text }) => text);
  const elsewhere = places.length > 0 && (environment === null || !places.includes(environment));
  const on = textAt(value, [...path, 'on']);
  const notification: Notification = {
    id,
    on: on === 'always' || on === 'failure' || on === 'change' ? on : kind === 'github' ? 'always' : 'change',
    kind,
    channel: missing.length > 0 ? null : channelOf(kind, spec),
    missing,
    runbooksUrl: textAt(value, [...path, 'runbooks-url']),
    source: positionOf(file, path, 'key'),
  };
  const findings = [
    ...openSecrets(root, [...path, kind], kind, spec, filled),
    ...(missing.length > 0 ? [] : specFindings(root, [...path, kind], kind, spec, secrets)),
    ...urlFindings(root, [...path, 'runbooks-url'], notification.runbooksUrl, 'runbooks-url', false, secrets),
  ];
  return { notification: elsewhere ? null : notification, findings };
};

const channelOf = (kind: Channel['kind'], spec: JsonObject): Channel => {
  const text = (name: string): string => textIn(spec, name);
  switch (kind) {
    case 'webhook': {
      const headers = Object.entries(mapAt(spec, ['headers'])).map(([name, value]) => [name, String(value)] as const);
      return { kind, url: text('url'), headers: Object.fromEntries(headers) };
    }
    case 'slack':
      return { kind, url: text('url') };
    case 'pagerduty':
      return { kind, url: text('url') || PAGERDUTY_URL, routingKey: text('routing-key') };
    case 'github':
      return {
        kind,
        url: (text('url') || GITHUB_URL).replace(/\/+$/, ''),
        repository: text('repository'),
        commit: text('commit'),
        token: text('token'),
        context: text('context') || 'gonogo',
        targetUrl: text('target-url') || null,
      };
  }
};
