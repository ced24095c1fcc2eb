import type { Spec as HttpSpec } from '../http/schema.ts';
import type { Spec } from './schema.ts';

/** Where beats are seen. `json` is the JSONPath of the time in a document; null for a file whose own time counts. */
export type Source =
  | { readonly kind: 'url'; readonly http: HttpSpec; readonly json: string }
  | { readonly kind: 'file'; readonly path: string; readonly json: string | null }
  | { readonly kind: 'history'; readonly check: string };

/** The source that a spec names; null when it names none. With several the first counts: that is a problem of its own. */
export const sourceOf = ({ from }: Pick<Spec, 'from'>): Source | null => {
  if (typeof from === 'string') return { kind: 'file', path: from, json: null };
  const { url, file, history, json, ...request } = from;
  if (url !== undefined) return { kind: 'url', http: { ...request, url }, json: json ?? '$' };
  if (file !== undefined) return { kind: 'file', path: file, json: json ?? null };
  return history === undefined ? null : { kind: 'history', check: history };
};

/** The check that uptime is about; null when none is named. */
export const uptimeCheckOf = (spec: Spec): string | null => {
  const source = sourceOf(spec);
  return spec['uptime-of'] ?? (source?.kind === 'history' ? source.check : null);
};
