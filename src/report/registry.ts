import type { Reporter } from './reporter.ts';

/** Every report format by the name that `--report` takes. Adding one is a file and a line here. */
const loaders = {
  console: async () => (await import('./console/console.ts')).renderConsole,
  html: async () => (await import('./html/page.ts')).renderHtml,
  markdown: async () => (await import('./markdown/markdown.ts')).renderMarkdown,
  json: async () => (await import('./json/json.ts')).renderJson,
  junit: async () => (await import('./junit/junit.ts')).renderJunit,
  ctrf: async () => (await import('./ctrf/ctrf.ts')).renderCtrf,
  csv: async () => (await import('./csv/csv.ts')).renderCsv,
  github: async () => (await import('./github/annotations.ts')).renderGithub,
  'markdown-short': async () => (await import('./markdown/short.ts')).renderMarkdownShort,
  prometheus: async () => (await import('./prometheus/prometheus.ts')).renderPrometheus,
  openmetrics: async () => (await import('./prometheus/prometheus.ts')).renderOpenMetrics,
} as const satisfies { readonly [format: string]: () => Promise<Reporter> };

export type ReportFormat = keyof typeof loaders;

/** The names of the formats, in the order in which help shows them. */
export const REPORT_FORMATS: readonly ReportFormat[] = [
  'console',
  'html',
  'markdown',
  'markdown-short',
  'json',
  'junit',
  'ctrf',
  'csv',
  'github',
  'prometheus',
  'openmetrics',
];

/** Imports the reporter of a format; a run loads none that it does not use. */
export const loadReporter = (format: ReportFormat): Promise<Reporter> => loaders[format]();
