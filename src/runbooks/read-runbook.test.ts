import { expect, test } from 'vitest';
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
