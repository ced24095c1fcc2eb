#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { ConfigError, UsageError } from './model/fault.ts';

// Start-up is imports: what was compiled once is kept, and nothing is imported before it is needed.
enableCompileCache();

const tool = (): { readonly name: string; readonly version: string } => {
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return { name, version };
};

/** The last catch: what the user can mend is told in two lines; anything else is our fault and says so. */
const report = (error: unknown): number => {
  if (error instanceof UsageError) {
    process.stderr.write(`gonogo: ${error.message}\n${error.hint === null ? '' : `        ${error.hint}\n`}`);
    return 2;
  }
  if (error instanceof ConfigError) {
    process.stderr.write(error.text);
    return 2;
  }
  const { version } = tool();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `gonogo: internal error, and no verdict: this is a defect of gonogo ${version} (Node ${process.version})\n` +
      `        please report it with the command and this text\n\n${stack}\n`,
  );
  return 4;
};

const main = async (argv: readonly string[]): Promise<number> => {
  if (argv[0] === '--version' || argv[0] === '-V') {
    process.stdout.write(`${tool().version}\n`);
    return 0;
  }
  const { runCli } = await import('./cli/run-cli.ts');
  return runCli(argv, {
    environment: process.env,
    workingDirectory: process.cwd(),
    tool: tool(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  });
};

process.exitCode = await main(process.argv.slice(2)).catch(report);
