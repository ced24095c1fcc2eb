import type { FactTable } from '../../model/fact.ts';

const output = (name: 'stdout' | 'stderr'): FactTable => ({
  [name]: {
    type: 'string',
    description: `all of ${name}, bytes that are not UTF-8 as \`\\xff\`; absent when there is more than 128 KiB of it`,
  },
  [`${name}-head`]: {
    type: 'string',
    description: `the first 64 KiB of ${name}; there when there is more than 128 KiB, or a check asks for it`,
  },
  [`${name}-tail`]: {
    type: 'string',
    description: `the last 64 KiB of ${name}; there when there is more than 128 KiB, or a check asks for it`,
  },
  [`${name}-size`]: { type: 'bytes', description: `how much came on ${name}` },
  [`${name}-left-out`]: {
    type: 'bytes',
    description: `how much of ${name} lies between head and tail and was not kept; absent when nothing does`,
  },
});

/** What a program that ran shows. */
export const commandFactTable: FactTable = {
  'exit-code': { type: 'number', description: 'exit code; absent when a signal ended the program', code: 'exit-code' },
  signal: {
    type: 'string',
    description: 'the signal that ended the program, as `SIGSEGV`; absent when it ended by itself',
    code: 'signal',
  },
  ...output('stdout'),
  ...output('stderr'),
  json: { type: 'json', description: 'stdout as JSON, up to 10 MiB; absent when the whole of it is not JSON' },
  'numbers-as-text': {
    type: 'list',
    description: 'where whole numbers beyond 2^53 stand in `json` as the text of their digits; absent when none does',
  },
  $: { type: 'json', description: 'a JSONPath (RFC 9535) over `json`, as `$.status` or `$.items[*].id`' },
  artifacts: {
    type: 'list',
    description: 'files that `artifacts` matches and the program wrote anew: `path`, `size` in bytes and `modified`',
    code: 'artifact-missing',
  },
  'artifacts.*': {
    type: 'json',
    description: 'a part of it, in the order of the paths: `artifacts.0.path`, `artifacts.0.size`',
    code: 'artifact-missing',
  },
  'missing-artifacts': {
    type: 'list',
    description: 'patterns of `artifacts` that match no file which the program wrote anew, with what was there',
    code: 'artifact-missing',
  },
  'left-behind': {
    type: 'list',
    description:
      'processes that were still alive when the program had ended, and were ended: `pid`, `name`, `escaped`, `ended`',
  },
  duration: { type: 'duration', description: 'from the start of the program to its end', code: 'slow' },
};
