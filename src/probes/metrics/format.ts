/** The text formats that are read: Prometheus text exposition 0.0.4 (with the names of 1.0.0), OpenMetrics 1.0. */
export const FORMATS = ['prometheus', 'openmetrics'] as const;
export type Format = (typeof FORMATS)[number];

/** What is asked for: the preference of a Prometheus server, without the binary format. */
export const ACCEPT =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,' +
  'application/openmetrics-text;version=1.0.0;q=0.5,' +
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,' +
  'text/plain;version=0.0.4;q=0.3,*/*;q=0.1';

/** The format of a body, or one clause that says why none is known. */
export type FormatReading =
  { readonly ok: true; readonly format: Format } | { readonly ok: false; readonly problem: string };

const VERSIONS: ReadonlyMap<string, { readonly format: Format; readonly versions: readonly string[] }> = new Map([
  ['text/plain', { format: 'prometheus', versions: ['0.0.4', '1.0.0'] }],
  ['application/openmetrics-text', { format: 'openmetrics', versions: ['0.0.1', '1.0.0'] }],
]);

const shown = (text: string): string => JSON.stringify(text.slice(0, 120));

/**
 * The format that a Content-Type names. Without a version it is the newest one, as the format says; without a
 * Content-Type it is none, as for Prometheus since version 3.
 */
export const formatOf = (contentType: string | null): FormatReading => {
  if (contentType === null || contentType.trim() === '') {
    return { ok: false, problem: 'the answer has no Content-Type, so its format is not known' };
  }
  const [type = ''] = contentType.split(';');
  const known = VERSIONS.get(type.trim().toLowerCase());
  if (known === undefined) {
    return { ok: false, problem: `the Content-Type ${shown(contentType)} is none of metrics in text` };
  }
  const version = /;\s*version\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1];
  return version === undefined || known.versions.includes(version)
    ? { ok: true, format: known.format }
    : { ok: false, problem: `the Content-Type ${shown(contentType)} names a version that is not known here` };
};
