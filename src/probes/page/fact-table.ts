import type { FactTable } from '../../model/fact.ts';

/** What a visit to a page shows. Lists hold at most 50 items; `counts.*` tells of all. */
export const pageFactTable: FactTable = {
  status: { type: 'status', description: 'HTTP status of the document that the page ends at' },
  'status-text': { type: 'string', description: 'reason phrase beside the status; often empty' },
  'headers.*': {
    type: 'string',
    description: 'a response header of that document by its lower-case name, cookie values masked',
  },
  title: { type: 'string', description: 'title of the page; absent when it has none' },
  'final-url': {
    type: 'string',
    description: 'address of the page at the end, secrets masked',
    code: 'redirect-unexpected-target',
  },
  'remote-address': { type: 'string', description: 'address of the peer that answered, or of the proxy' },
  proxy: { type: 'string', description: 'the proxy that was used, without credentials; absent when none was' },
  redirects: {
    type: 'number',
    description: 'redirects before the page was there: those of HTTP, and those by scripts and `meta refresh`',
    code: 'redirect-unexpected',
  },
  'chain-text': {
    type: 'string',
    description: 'the addresses on the way to the page on one line; absent when there was only one',
  },
  'same-site': {
    type: 'boolean',
    description: 'whether the page that was there first, before any step, belongs to the site of `url`',
    code: 'redirect-unexpected-target',
  },
  text: { type: 'string', description: 'the visible text of the page; absent when it is more than 1 MiB' },
  canonical: { type: 'string', description: 'address under `link rel=canonical`; absent when there is none' },
  'meta-refresh': { type: 'string', description: 'content of `meta http-equiv=refresh`; absent when there is none' },
  'console-errors': {
    type: 'list',
    description: 'errors that scripts and the browser wrote to the console, without failed requests and CSP violations',
    code: 'page-error',
  },
  'page-errors': { type: 'list', description: 'errors of scripts that nobody caught', code: 'page-error' },
  'csp-violations': {
    type: 'list',
    description: 'what the Content-Security-Policy blocked: `directive`, and `blocked` and `where` when they are known',
    code: 'page-csp',
  },
  'csp-reports': { type: 'list', description: 'what a report-only policy would block', code: 'page-csp' },
  'failed-requests': {
    type: 'list',
    description: 'requests to the own site that failed: `url`, `why`, and `status` when there was an answer',
    code: 'page-request-failed',
  },
  'counts.*': {
    type: 'number',
    description:
      'how many there were in all: `requests console-errors page-errors csp-violations csp-reports failed-requests failed-third-party allowed` (left out by the `allow-` keys) `refused`',
  },
  requests: { type: 'number', description: 'requests that the page made, its own included' },
  dialogs: { type: 'list', description: 'alerts and questions, as `alert: text`' },
  popups: { type: 'list', description: 'addresses of windows that the page opened; they are closed at once' },
  downloads: { type: 'list', description: 'addresses of files that the page wanted to save; none is saved' },
  refused: {
    type: 'list',
    description: 'addresses that the page wanted to leave for and no visit goes to, as `mailto:`',
  },
  'first-byte': { type: 'duration', description: 'until the first byte of the document', code: 'slow' },
  'dom-content-loaded': { type: 'duration', description: 'until the document was read', code: 'slow' },
  load: { type: 'duration', description: 'until everything that it names was loaded', code: 'slow' },
  lcp: {
    type: 'duration',
    description: 'until the largest content was painted (Largest Contentful Paint)',
    code: 'slow',
  },
  duration: {
    type: 'duration',
    description: 'from the first request to the page and through all steps; starting the browser is not counted',
    code: 'slow',
  },
  'steps.*': { type: 'string', description: 'by number from 1: `done`, `failed` or `not reached`' },
  'steps-done': { type: 'number', description: 'steps that were done' },
  'failed-step': {
    type: 'object',
    description: 'the step that failed: `number step code message url title text`; absent when none did',
  },
  'failed-step.*': { type: 'string', description: 'a part of it' },
  'values.*': { type: 'string', description: 'what a step `read` under that name' },
  browser: { type: 'string', description: 'name and version of the browser' },
  screenshot: { type: 'string', description: 'path of the screenshot in the report folder; absent when none was kept' },
  trace: { type: 'string', description: 'path of the trace in the report folder; absent when none was kept' },
  withheld: { type: 'list', description: 'evidence that was not kept, because it could show a secret, and why' },
};
