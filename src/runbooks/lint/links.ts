import { lexer, walkTokens } from 'marked';
import type { Problem } from '../../config/problem.ts';
import { closest } from '../../model/suggest.ts';
import { problemAt, type Page, type Place } from './page.ts';

/** A link of a page. */
export type Link = { readonly page: Page; readonly href: string; readonly place: Place };

/** What a relative link leads to: the anchors of a Markdown file, `file` for any other, null for nothing. */
export type Target = readonly string[] | 'file' | null;

/** The links and images of a page, in its order. */
export const linksOf = (page: Page): readonly Link[] => {
  const hrefs: string[] = [];
  void walkTokens(lexer(page.text), (token) => {
    if ((token.type === 'link' || token.type === 'image') && typeof token['href'] === 'string')
      hrefs.push(token['href']);
  });
  let from = 0;
  return hrefs.map((href) => {
    const at = page.text.indexOf(href, from);
    // Marked may have written it anew (`%20`): then the whole page is meant.
    if (at === -1) return { page, href, place: { line: 1, column: 1, length: 0 } };
    from = at + href.length;
    const before = page.text.slice(0, at).split(/\r\n|\n|\r/);
    return {
      page,
      href,
      place: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, length: href.length },
    };
  });
};

/** Whether a link leads out of these files, to another host or program. */
export const isExternal = ({ href }: Link): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href);

/** The path of a relative link, without its anchor, from where the page's own path starts; null for its own page. */
export const linkedPath = ({ page, href }: Link): string | null => {
  const [written = ''] = href.split('#');
  if (written === '') return null;
  const path = unescaped(written.replace(/\?.*$/, ''));
  if (path.startsWith('/')) return path;
  const parts: string[] = [];
  for (const part of [...page.path.split('/').slice(0, -1), ...path.split('/')]) {
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
export const linkProblems = (page: Page, targetOf: (path: string) => Target): readonly Problem[] =>
  linksOf(page)
    .filter((link) => !isExternal(link))
    .flatMap((link) => {
      const path = linkedPath(link);
      const target = path === null ? page.headings.map(({ anchor }) => anchor) : targetOf(path);
      const [, anchor = ''] = link.href.split('#');
      if (target === null) return [problemAt(page, link.place, { message: `the link leads to no file: ${link.href}` })];
      if (anchor === '' || target === 'file' || target.includes(anchor)) return [];
      const near = closest(anchor, target);
      const hint = near === null ? null : `did you mean "#${near}"?`;
      return [problemAt(page, link.place, { message: `the link leads to no heading: ${link.href}`, hint })];
    });
