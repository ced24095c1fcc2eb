import type { Spec } from './schema.ts';

/** Redirects that are followed when the check asks for it without a number. */
export const DEFAULT_MAX_REDIRECTS = 10;

/** The method in upper case: as written, else POST when there is a body, else GET. */
export const methodOf = (spec: Spec): string => {
  const hasBody = [spec.json, spec.form, spec.body, spec.multipart].some((body) => body !== undefined);
  return (spec.method ?? (hasBody ? 'POST' : 'GET')).toUpperCase();
};
