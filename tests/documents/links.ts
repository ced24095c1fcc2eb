import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readRunbook } from '../../src/runbooks/read-runbook.ts';
import { ROOT, textOf, type Document } from './documents.ts';

const isElsewhere = (link: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(link);

const isFile = (path: string): boolean => statSync(join(ROOT, path)).isFile();

/** What is wrong with the links of a document: files that are not there, and anchors that no heading has. */
export const linkProblems = ({ path, text, links }: Document): readonly string[] =>
  links
    .filter((link) => !isElsewhere(link))
    .flatMap((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(file)));
      if (target.startsWith('..')) return [`${path}: ${link} leads out of the project`];
      if (file !== '' && !existsSync(join(ROOT, target))) return [`${path}: ${link} leads to no file`];
      if (anchor === undefined) return [];
      if (file !== '' && !(target.endsWith('.md') && isFile(target)))
        return [`${path}: ${link} has an anchor into what is no Markdown`];
      const anchors = readRunbook(file === '' ? text : textOf(target)).map((heading) => heading.anchor);
      return anchors.includes(anchor) ? [] : [`${path}: ${link} leads to no heading`];
    });
