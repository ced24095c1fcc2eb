// How set-up gets what npm does not bring: Debian's packages where we may install them, or another way.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The commands that install a package of Debian's; none where that is not ours to do. */
export const debianInstall = (name) =>
  existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
    ? [
        ['apt-get', ['update']],
        ['apt-get', ['install', '-y', '--no-install-recommends', name]],
      ]
    : [];

/** Runs one command after the other until it is there; answers what went wrong last. */
export const runFirst = (attempts, isThere) => {
  let trouble = 'no way to install it on this system';
  for (const [command, args] of attempts) {
    if (isThere()) break;
    const result = spawnSync(command, args, {
      encoding: 'utf8',
      timeout: 240_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (result.status !== 0)
      trouble = (result.stderr || String(result.error ?? '')).trim().split('\n').at(-1) ?? trouble;
  }
  return trouble;
};
