import { describe, expect, test } from 'vitest';
import { readRunbook } from './read-runbook.ts';

const markdown = `---
owner: platform
---
# Operations

Intro with 1. no list.

## Dashboard: 5xx & \`/health\`

1. Look at the **queue depth**: \`kubectl top pods\`
2. Restart [the worker](https://example.com)
   and wait
3. Run

   \`\`\`sh
   make drain
   \`\`\`

### Background

- not a step

1. Tell the owner

## Same

## Same

\`\`\`md
## Not a heading
1. not a step
\`\`\`

Setext heading
--------------
1) one
`;

test('headings get the anchors that GitHub gives them, repeated titles numbered', () => {
  expect(readRunbook(markdown).map(({ anchor }) => anchor)).toEqual([
    'operations',
    'dashboard-5xx--health',
    'background',
    'same',
    'same-1',
    'setext-heading',
  ]);
});

test('the steps of a section are its ordered lists in order, one line a step, commands in backticks', () => {
  const section = readRunbook(markdown).find(({ anchor }) => anchor === 'dashboard-5xx--health');
  expect(section?.steps).toEqual([
    'Look at the queue depth: `kubectl top pods`',
    'Restart the worker and wait',
    'Run `make drain`',
    'Tell the owner',
  ]);
});

test('a section without an ordered list has no steps, and lists inside code are not lists', () => {
  const steps = new Map(readRunbook(markdown).map(({ anchor, steps: found }) => [anchor, found]));
  expect(steps.get('same-1')).toEqual([]);
  expect(steps.get('setext-heading')).toEqual(['one']);
});

test('a heading knows its line in the file, front matter included', () => {
  const lines = new Map(readRunbook(markdown).map(({ anchor, line }) => [anchor, line]));
  expect(lines.get('operations')).toBe(4);
  expect(lines.get('dashboard-5xx--health')).toBe(8);
});

test('the anchor of a heading is that of its text, without its tags', () => {
  const anchors = (title: string) => readRunbook(`## ${title}\n`).map(({ anchor }) => anchor);
  expect(anchors('Größe — 日本 😀 "quoted" & <b>x</b>')).toEqual(['größe--日本--quoted--x']);
});

test('a list of which nothing was written yet has no words', () => {
  const words = (text: string) => readRunbook(`## A\n\n${text}\n`).map((heading) => heading.words);
  expect([words('1. '), words('1. \n2. '), words('- '), words('1. Look')]).toEqual([[0], [0], [0], [1]]);
});

describe('a code block in a step', () => {
  const stepOf = (block: string, language = 'sh'): string | undefined =>
    readRunbook(`## A\n\n1. Run\n\n   \`\`\`${language}\n   ${block.replaceAll('\n', '\n   ')}\n   \`\`\`\n`)[0]
      ?.steps[0];

  test.each([
    ['is one command for each line', 'make drain\nmake stop', 'Run `make drain` `make stop`'],
    ['is one command where its lines go on', 'curl -sS \\\n  -i a |\n  jq .', 'Run `curl -sS -i a | jq .`'],
    ['keeps its backticks', 'kill `cat pid`', 'Run `` kill `cat pid` ``'],
    [
      'of a script is not put into one line',
      'for a in 1 2; do\n  echo $a\ndone',
      expect.stringMatching(/a script of 3 lines/),
    ],
    ['of a here-document is not either', 'cat <<EOF\na\nEOF', expect.stringMatching(/a script of 3 lines/)],
    ['of a text over lines is not either', "echo 'a\nb'", expect.stringMatching(/a script of 2 lines/)],
  ])('%s', (_, block, expected) => {
    expect(stepOf(block)).toEqual(expected);
  });

  test('in another language is one text', () => {
    expect(stepOf('select 1\nfrom a', 'sql')).toBe('Run `select 1 from a`');
  });
});

test('a file of a mebibyte with tens of thousands of sections is read in seconds', () => {
  const sections = Array.from({ length: 30_000 }, (_, at) => `## H ${at}\n\ntext [l](#h-${at})\n`);
  const startedMs = performance.now();
  expect(readRunbook(`# A\n\n${sections.join('\n')}`)).toHaveLength(30_001);
  expect(performance.now() - startedMs).toBeLessThan(5000);
});
