import { lexer, walkTokens } from 'marked';
import type { Problem } from '../../config/problem.ts';
import { closest } from '../../model/suggest.ts';
import { problemAt, type Page, type Place } from './page.ts';

/** A link of a page. */
export type Link = { readonly page: Page; readonly href: string; readonly place: Place };

/** What a relative link leads to: the anchors of a Markdown file, `file` for any other, null for nothing. */
export type Target = ReadonlySet<string> | 'file' | null;

/** The links and images of a page, in its order. */
export const linksOf = (page: Page): readonly Link[] => {
  const found: { readonly href: string; readonly raw: string }[] = [];
  void walkTokens(lexer(page.text), (token) => {
    if ((token.type === 'link' || token.type === 'image') && typeof token['href'] === 'string')
      found.push({ href: token['href'], raw: token.raw });
  });
  const placeOf = makePlaces(page);
  return found.map(({ href, raw }) => ({ page, href, place: placeOf(raw, href) }));
};

/** Finds links in a page, none before the last one: what is meant in the line is the address, or else the whole link. */
const makePlaces = ({ lines }: Page): ((raw: string, href: string) => Place) => {
  let [from, fromColumn] = [0, 0];
  return (raw, href) => {
    const [text = ''] = raw.split('\n');
    for (let line = from; line < lines.length; line += 1) {
      const column = lines[line]?.indexOf(text, line === from ? fromColumn : 0) ?? -1;
      if (column === -1) continue;
      // An image may stand inside of a link.
      [from, fromColumn] = [line, column + 1];
      const at = text.indexOf(href);
      return at === -1
        ? { line: line + 1, column: column + 1, length: text.length }
        : { line: line + 1, column: column + at + 1, length: href.length };
    }
    return { line: from + 1, column: 1, length: 0 };
  };
};

/** Whether a link leads out of these files, to another host or program. */
export const isExternal = ({ href }: Link): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href);

/** The path of a relative link, without its anchor, from where the page's own path starts; null for its own page. */
export const linkedPath = ({ page, href }: Link): string | null => {
  const [written = ''] = href.split('#');
  if (written === '') return null;
  const path = unescaped(written.replace(/\?.*$/, ''));
  const parts: string[] = [];
  // As GitHub reads it, a slash in front is the folder of all these files, and not that of the machine.
  const folder = path.startsWith('/') ? [] : page.path.split('/').slice(0, -1);
  for (const part of [...folder, ...path.replace(/^\/+/, '').split('/')]) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
};

const unescaped = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Relative links that lead nowhere. */
export const linkProblems = (page: Page, targetOf: (path: string) => Target): readonly Problem[] => {
  const own = new Set(page.headings.map(({ anchor }) => anchor));
  return linksOf(page)
    .filter((link) => !isExternal(link))
    .flatMap((link) => {
      const path = linkedPath(link);
      const target = path === null ? own : targetOf(path);
      const [, written = ''] = link.href.split('#');
      const anchor = unescaped(written);
      if (target === null) return [problemAt(page, link.place, { message: `the link leads to no file: ${link.href}` })];
      if (anchor === '' || target === 'file' || target.has(anchor)) return [];
      const near = closest(anchor, target);
      const hint = near === null ? null : `did you mean "#${near}"?`;
      return [problemAt(page, link.place, { message: `the link leads to no heading: ${link.href}`, hint })];
    });
};
