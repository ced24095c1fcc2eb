import type { FactTable } from '../../model/fact.ts';

/** What files show. What was not asked for is absent, and so is what nobody can tell when nothing matches. */
export const filesFactTable: FactTable = {
  unmatched: { type: 'list', description: 'patterns of `glob` that nothing fits', code: 'file-missing' },
  count: { type: 'number', description: 'how many files match; with `absent: true` how many entries of any type' },
  'files.*': {
    type: 'json',
    description:
      'the matches by number, the newest first, at most 100: `path size mode modified age`, with the size in bytes and the age in milliseconds. With `absent: true` by path, with `path type`',
  },
  size: { type: 'bytes', description: 'size of all matches together' },
  smallest: { type: 'bytes', description: 'size of the smallest match' },
  largest: { type: 'bytes', description: 'size of the largest match' },
  newest: { type: 'time', description: 'when the newest match was modified', code: 'file-stale' },
  oldest: { type: 'time', description: 'when the oldest match was modified', code: 'file-stale' },
  age: {
    type: 'duration',
    description: 'age of the newest match; absent when it is dated more than 5 minutes ahead',
    code: 'file-stale',
  },
  modes: { type: 'list', description: 'the different permissions of the matches, as `0640`', code: 'file-mode' },
  'wrong-mode': { type: 'number', description: 'files whose permissions exceed `mode`', code: 'file-mode' },
  irregular: {
    type: 'number',
    description:
      'matches that are no regular files inside root and were not read: links that lead out of it or nowhere, pipes, sockets, devices',
    code: 'file-invalid',
  },
  folders: { type: 'number', description: 'folders that match; they do not count as files' },
  'links-out': {
    type: 'number',
    description: 'links to folders outside root that the pattern would have gone through; they are never followed',
  },
  lines: { type: 'number', description: 'lines of all matches', code: 'file-invalid' },
  'invalid-lines': { type: 'number', description: 'lines that are not valid JSON', code: 'file-invalid' },
  'half-written': {
    type: 'number',
    description: 'files whose last line is broken off: no JSON, and no line feed behind it',
    code: 'file-invalid',
  },
  'missing-patterns': {
    type: 'number',
    description: 'how often a pattern of `must-contain` is in none of the lines of a file',
    code: 'file-invalid',
  },
  forbidden: {
    type: 'number',
    description: 'lines with something that `must-not-contain` or `forbid` names; a line counts once for each of them',
    code: 'file-invalid',
  },
  allowed: { type: 'number', description: 'places that `forbid` would name, were it not for `allow`' },
  'valid-json': { type: 'boolean', description: 'whether the file is JSON', code: 'file-invalid' },
  json: { type: 'json', description: 'the file as JSON, with `json: true`; absent when it is not' },
  $: { type: 'json', description: 'a JSONPath (RFC 9535) over `json`, as `$.version`' },
  content: {
    type: 'string',
    description: 'text of the one file that matches, up to 1 MiB; only when it is asked about, and never with `forbid`',
  },
  flaws: {
    type: 'list',
    description: 'what is wrong and where, as `about path line what`; at most 50 of each sort, the first by path',
  },
  root: { type: 'string', description: 'the folder that was looked in' },
  walked: { type: 'number', description: 'entries of folders that were looked at' },
  excluded: { type: 'number', description: 'entries that `exclude` left out; a folder counts as one' },
  duration: { type: 'duration', description: 'how long the look took, the reading of files included', code: 'slow' },
};
