import { existsSync, readFileSync } from 'node:fs';

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});

/** What the repository in the working folder says of itself, and how a skill is set up in it. */
export const optionsOf = (skill) => {
  const { name = '', version = '' } = read('package.json');
  const { dryRun = false } = read('.skills.json')[skill] ?? {};
  return { repository: name, version, dryRun };
};
