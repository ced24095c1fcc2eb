import { withoutEntities } from './entities.ts';

/** A piece of HTML. `raw` is what is inside an element whose content is no HTML: a script, a style, a title. */
export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'raw'; readonly element: string; readonly text: string }
  | { readonly kind: 'tag'; readonly name: string; readonly attributes: ReadonlyMap<string, string> };

/** Their content is not read as HTML, or is not part of the page. */
const RAW: ReadonlySet<string> = new Set([
  ...['script', 'style', 'title', 'textarea', 'noscript', 'template', 'iframe', 'noembed', 'noframes', 'xmp', 'svg'],
]);

const MOST_ATTRIBUTES = 32;

const NAME = /[a-z][^\s/>]*/iy;
const ATTRIBUTE = /[\s/]*([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
const END = /[\s/]*>/y;

const matchAt = (pattern: RegExp, html: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(html);
};

type Tag = { readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly end: number };

/** The tag whose name ends at `at`; null when it has no end. The first of two attributes of one name counts. */
const readTag = (html: string, name: string, from: number): Tag | null => {
  const attributes = new Map<string, string>();
  let at = from;
  while (at < html.length) {
    const end = matchAt(END, html, at);
    if (end !== null) return { name: name.toLowerCase(), attributes, end: at + end[0].length };
    const [whole = '', key, double, single, bare] = matchAt(ATTRIBUTE, html, at) ?? [];
    const known = key?.toLowerCase() ?? '';
    if (key !== undefined && attributes.size < MOST_ATTRIBUTES && !attributes.has(known)) {
      attributes.set(known, withoutEntities(double ?? single ?? bare ?? ''));
    }
    at += Math.max(1, whole.length);
  }
  return null;
};

/** Where the comment, declaration or closing tag at `start` ends; what has no end takes the rest. */
const afterMarkup = (html: string, start: number): number => {
  const isComment = html.startsWith('<!--', start);
  const end = html.indexOf(isComment ? '-->' : '>', start);
  return end === -1 ? html.length : end + (isComment ? 3 : 1);
};

const rawEnd = (lower: string, element: string, from: number): number => {
  const end = lower.indexOf(`</${element}`, from);
  return end === -1 ? lower.length : end;
};

/**
 * Takes HTML apart as far as it is needed to find a few elements of its head, in time proportional to its length. What
 * is broken is text or is skipped: whoever wants to be understood by browsers does not write it so.
 */
export const htmlTokens = function* (html: string): Generator<HtmlToken> {
  const lower = html.toLowerCase();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const text = html.slice(at, open === -1 ? html.length : open);
    if (text.trim() !== '') yield { kind: 'text', text };
    if (open === -1) return;
    const [name] = matchAt(NAME, html, open + 1) ?? [];
    if (name === undefined) {
      const isMarkup = /^[!/?]/.test(html.slice(open + 1, open + 2));
      if (!isMarkup) yield { kind: 'text', text: '<' };
      at = isMarkup ? afterMarkup(html, open) : open + 1;
      continue;
    }
    const tag = readTag(html, name, open + 1 + name.length);
    if (tag === null) return;
    yield { kind: 'tag', name: tag.name, attributes: tag.attributes };
    at = tag.end;
    if (!RAW.has(tag.name)) continue;
    at = rawEnd(lower, tag.name, tag.end);
    yield { kind: 'raw', element: tag.name, text: html.slice(tag.end, at) };
  }
};
