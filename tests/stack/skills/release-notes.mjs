// A skill: gathers the notes under changes/ of the repository in the working folder into release-notes.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsOf } from './options.mjs';

const WROTE = 'release-notes.md';
const SECTIONS = { feature: 'New', fix: 'Mended', security: 'Security' };

const notes = readdirSync('changes')
  .toSorted()
  .flatMap((name) => {
    const [, kind] = /\.(feature|fix|security)\.md$/.exec(name) ?? [];
    return kind === undefined ? [] : [{ kind, text: readFileSync(join('changes', name), 'utf8').trim() }];
  });

const sections = Object.entries(SECTIONS).flatMap(([kind, title]) => {
  const own = notes.filter((note) => note.kind === kind);
  return own.length === 0 ? [] : [`## ${title}\n\n${own.map(({ text }) => `- ${text}`).join('\n')}`];
});

const { repository, version, dryRun } = optionsOf('release-notes');
if (!dryRun)
  writeFileSync(WROTE, [`# ${repository} ${version}`, `Items: ${notes.length}`, ...sections, ''].join('\n\n'));
console.log(JSON.stringify({ skill: 'release-notes', repository, items: notes.length, wrote: WROTE }));
