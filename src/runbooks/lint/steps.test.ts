import { describe, expect, test } from 'vitest';
import { plannedCheck } from '../../../tests/execute/literals.ts';
import type { Target } from './links.ts';
import { page, reference, said, search, section } from './test-lint.ts';

describe('placeholders in steps', () => {
  const withStep = (step: string): string => page(section({ Diagnosis: `1. ${step}` }));

  test.each(['${facts.status}', '${facts.headers.server}', '${check.id}', '`curl ${check.target}`', '`cd "${HOME}"`'])(
    'that are known are fine: %s',
    (step) => {
      expect(said({ text: withStep(step) })).toEqual([]);
    },
  );

  test.each([
    ['See ${facts.statsu}', ':20:8 error: ${facts.statsu} is not known: http reports no fact "statsu"'],
    ['See ${check.name}', ':20:8 error: ${check.name} is not known'],
    ['See ${env.HOME}', ':20:8 error: ${env.HOME} is not known'],
    ['See ${facts.$.status}', ':20:8 error: ${facts.$.status} is a JSONPath, and only facts by name can be filled in'],
    ['See ${facts.addresses}', ':20:8 warning: ${facts.addresses} is a list or an object, and is never filled in'],
    ['`echo "${facts.status}"`', ':20:11 error: ${facts.status} stands inside of quotes, and is never filled in there'],
  ])('%s', (step, expected) => {
    expect(said({ text: withStep(step) })).toEqual([`docs/shop.md${expected}`]);
  });

  test('are held against every kind of check that leads there', () => {
    const dns = plannedCheck('name', { kind: 'dns', runbook: reference('shop.md#search') });
    expect(said({ text: withStep('See ${facts.rcode}'), checks: [search, dns] })).toEqual([]);
    expect(said({ text: withStep('See ${facts.rcode}') })).toHaveLength(1);
  });

  test('are looked for inside of code blocks, too', () => {
    const text = withStep('Run\n\n   ```sh\n   curl ${facts.nothing}\n   ```');
    expect(said({ text })).toEqual([expect.stringContaining(':23:9 error: ${facts.nothing} is not known')]);
  });
});

describe('commands', () => {
  const withCommand = (command: string): string => page(section({ Mitigation: `1. \`${command}\`` }));

  test.each([
    ['curl $URL', ':24:10 warning: $URL is not quoted'],
    ['curl ${URL}/health', ':24:10 warning: ${URL} is not quoted'],
    ['kubectl logs <pod name>', ':24:18 warning: "<pod name>" redirects'],
  ])('%s', (command, expected) => {
    expect(said({ text: withCommand(command) })).toEqual([expect.stringContaining(`docs/shop.md${expected}`)]);
  });

  test.each([
    'curl "$URL/health"',
    "psql -c 'select $1, <x>'",
    'A=$B make',
    'echo \\$HOME',
    'kill "$(cat pid)"',
    'sort < names.txt',
    'cat <<EOF',
  ])('%s is fine', (command) => {
    expect(said({ text: withCommand(command) })).toEqual([]);
  });
});

describe('links', () => {
  const withLink = (link: string): string => page(`${section({ Meaning: `See [this](${link}).` })}`);
  const targetOf = (path: string): Target =>
    path === 'docs/other.md' ? new Set(['top', 'setup']) : path === 'logo.png' ? 'file' : null;

  test.each(['other.md', 'other.md#setup', '../logo.png', '#search', 'https://example.com/', 'mailto:a@example.com'])(
    'to %s are fine',
    (link) => {
      expect(said({ text: withLink(link), targetOf })).toEqual([]);
    },
  );

  test.each([
    ['gone.md', 'the link leads to no file: gone.md'],
    ['other.md#setpu', 'the link leads to no heading: other.md#setpu'],
    ['#serach', 'the link leads to no heading: #serach'],
  ])('to %s are dead', (link, message) => {
    expect(said({ text: withLink(link), targetOf })).toEqual([`docs/shop.md:12:12 error: ${message}`]);
  });

  test('are read as GitHub reads them: from the folder of all files where a slash stands in front', () => {
    expect(said({ text: withLink('/docs/other.md#setup'), targetOf })).toEqual([]);
    expect(said({ text: withLink('/etc/passwd'), targetOf })).toEqual([expect.stringContaining('no file')]);
  });

  test('have their place in the line, whatever stands between and below', () => {
    const text = page(section({ Meaning: '[![a](gone.png)](gone.md) [b][far] [c](gone.md)\n\n[far]: gone.txt' }));
    expect(said({ text, targetOf }).map((line) => line.split(' ')[0])).toEqual([
      'docs/shop.md:12:7',
      'docs/shop.md:12:18',
      'docs/shop.md:12:27',
      'docs/shop.md:12:40',
    ]);
  });
});
