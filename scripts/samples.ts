// Makes what the documents show from real runs of the demo: `reports/samples/`, the picture, the parts of the README and the guide.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import { startStack, type StackState } from '../tests/stack/stack.ts';
import { findChromium } from './browser.mjs';

const SAMPLES = join('reports', 'samples');

/** Answers what gonogo prints; not synchronously, for the demo systems answer from this process. */
const gonogo = async (argv: readonly string[], variables: { readonly [name: string]: string }): Promise<string> => {
  const child = spawn(process.execPath, ['src/main.ts', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...variables },
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return stdout === '' ? stderr : stdout;
};

/** Replaces what stands between two markers of a document by a block of console output. */
const fill = (document: string, marker: string, block: string): void => {
  const [begin, end] = [`<!-- ${marker}:begin -->`, `<!-- ${marker}:end -->`];
  const text = readFileSync(document, 'utf8');
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  const after = text.slice(text.indexOf(end));
  writeFileSync(document, `${before}\n\n\`\`\`text\n${block.trimEnd()}\n\`\`\`\n\n${after}`);
};

/** The verdict of a console report, and the blocks that begin like these. */
const excerpt = (report: string, starts: readonly string[]): string => {
  const blocks = report.split('\n\n');
  return ['NO-GO  Launch', ...starts]
    .flatMap((start) => blocks.find((block) => block.startsWith(start)) ?? [])
    .join('\n\n');
};

const takePicture = async (page: string, picture: string): Promise<void> => {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium; run `npm run setup -- --for-tests`');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
  const view = await browser.newPage({ viewport: { width: 1100, height: 900 }, deviceScaleFactor: 1 });
  await view.goto(`file://${resolve(page)}`);
  await view.screenshot({ path: picture });
  await browser.close();
};

const stack = await startStack('broken');
try {
  for (const state of ['broken', 'healed'] satisfies StackState[]) {
    stack.setState(state);
    const folder = join(SAMPLES, state);
    const report = await gonogo(
      ['run', '--no-history', '-c', 'checks/launch-direction.yaml', '--out', folder],
      stack.environment,
    );
    rmSync(join(folder, 'journal.jsonl'));
    writeFileSync(join(folder, 'console.txt'), report);
    if (state === 'broken') {
      fill('README.md', 'demo', excerpt(report, ['NO-GO  support-index', 'NO-GO  domain-echome', 'CONTRADICTION']));
      fill('docs/guide.md', 'demo', excerpt(report, ['NO-GO  dashboard-health']));
    }
  }
  fill('README.md', 'validate', await gonogo(['validate', '-c', 'tests/fixtures/readme-misspelled.yaml'], {}));
  await takePicture(join(SAMPLES, 'broken', 'report.html'), join('docs', 'report.png'));
} finally {
  await stack.close();
}
