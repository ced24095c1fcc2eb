import { expect, test } from 'vitest';
import { inheritedEnvironment } from './environment.ts';

test('a program gets what it needs to run, and nothing that could carry a secret', () => {
  const ours = {
    PATH: '/usr/bin',
    HOME: '/home/me',
    LC_ALL: 'C.UTF-8',
    LC_TIME: 'C',
    TZ: 'UTC',
    API_TOKEN: 'hush',
    LC_TOKEN_1: 'hush',
    PATH_TOKEN: 'hush',
    path: 'hush',
    NODE_OPTIONS: '--require=x',
    LD_PRELOAD: 'x.so',
    HTTPS_PROXY: 'http://user:hush@proxy',
    TMPDIR: undefined,
  };
  expect(inheritedEnvironment(ours)).toEqual({
    PATH: '/usr/bin',
    HOME: '/home/me',
    LC_ALL: 'C.UTF-8',
    LC_TIME: 'C',
    TZ: 'UTC',
  });
});
