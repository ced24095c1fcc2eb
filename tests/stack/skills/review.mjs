// A skill: reviews the repository in the working folder, writes review.md, and tells on stdout what it found.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsOf } from './options.mjs';

const WROTE = 'review.md';
const SMELLS = [
  ['a debugging statement', /\bconsole\.log\(|\bdebugger\b/],
  ['an open task', /\b(TODO|FIXME)\b/],
  ['an error that is swallowed', /catch\s*(\([^)]*\))?\s*\{\s*\}/],
];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
const findings = files.flatMap((path) =>
  readFileSync(join('src', path), 'utf8')
    .split('\n')
    .flatMap((line, at) =>
      SMELLS.filter(([, smell]) => smell.test(line)).map(([what]) => `src/${path}:${at + 1}: ${what}`),
    ),
);

const { repository, dryRun } = optionsOf('review');
const list = findings.length === 0 ? 'Nothing was found.' : findings.map((one) => `- ${one}`).join('\n');
if (!dryRun) writeFileSync(WROTE, `# Review of ${repository}\n\nItems: ${files.length}\n\n${list}\n`);
console.log(
  JSON.stringify({ skill: 'review', repository, items: files.length, findings: findings.length, wrote: WROTE }),
);
