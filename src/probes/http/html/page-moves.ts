import type { Facts } from '../../../model/observation.ts';
import { printable } from '../../engine/printable.ts';
import { shownReference, shownUrl } from '../../engine/redirect-shown-url.ts';
import { htmlTokens, type HtmlToken } from './tokens.ts';

/** A page as it came: headers by lower-case name, its text, and where it was found. */
export type Page = {
  readonly url: URL;
  readonly header: (name: string) => readonly string[];
  /** Null when the body is not text. */
  readonly text: string | null;
};

type Source = 'header' | 'meta' | 'script';

/** Where a page sends its reader without a redirect of HTTP. `target` is as written; empty for the page itself. */
type Refresh = { readonly seconds: number; readonly target: string; readonly source: Source };

/** What of a page is read: what decides where it leads stands at its beginning. */
const READ_WITHIN = 64 * 1024;
const LONGEST_TARGET = 2000;
/** A page that shows no more than this is there for its refresh: "You are being redirected." */
const FEW_CHARACTERS = 200;

/** `5; url='/next'` as browsers read it (HTML, declarative refresh); null when it is none. */
const parseRefresh = (text: string, source: Source): Refresh | null => {
  const [, seconds, rest = ''] = /^\s*(\d{0,9})[\d.]*(?=[\s;,]|$)([^]*)$/.exec(text.slice(0, LONGEST_TARGET)) ?? [];
  if (seconds === undefined || (seconds === '' && !/^\s*\./.test(text))) return null;
  const [, target = ''] = /^[\s;,]*(?:url\s*=\s*)?([^]*)$/i.exec(rest) ?? [];
  const [, , quoted] = /^(["'])([^]*?)(?:\1|$)/.exec(target) ?? [];
  return { seconds: Number(seconds), target: (quoted ?? target).trim(), source };
};

const MOVES =
  /\blocation(?:\.href)?\s*=\s*(["'`])([^"'`\n]{1,2000})\1|\blocation\.(?:replace|assign)\(\s*(["'`])([^"'`\n]{1,2000})\3/;

const scriptTarget = (script: string): Refresh | null => {
  const [, , assigned, , called] = MOVES.exec(script) ?? [];
  const target = assigned ?? called;
  return target === undefined ? null : { seconds: 0, target, source: 'script' };
};

type Seen = {
  meta: Refresh | null;
  script: Refresh | null;
  canonical: string | null;
  base: string | null;
  shown: number;
};

const take = (seen: Seen, token: HtmlToken): void => {
  if (token.kind === 'text') seen.shown += token.text.trim().length;
  if (token.kind === 'raw' && token.element === 'script') seen.script ??= scriptTarget(token.text);
  if (token.kind !== 'tag') return;
  const { name, attributes } = token;
  const attribute = (of: string): string => attributes.get(of) ?? '';
  if (name === 'base' && attributes.has('href')) seen.base ??= attribute('href');
  if (name === 'meta' && attribute('http-equiv').trim().toLowerCase() === 'refresh') {
    seen.meta ??= parseRefresh(attribute('content'), 'meta');
  }
  const isCanonical = name === 'link' && attribute('rel').toLowerCase().split(/\s+/).includes('canonical');
  if (isCanonical && attribute('href').trim() !== '') seen.canonical ??= attribute('href').trim();
  // A picture or a form is something to see.
  if (/^(?:img|form|input|button|video|canvas|object|embed|frame)$/.test(name)) seen.shown += FEW_CHARACTERS;
};

const isHtml = ({ header, text }: Page): boolean =>
  /html/i.test(header('content-type')[0] ?? '') || /^\s*</.test((text ?? '').slice(0, 1024));

const seenIn = (page: Page): Seen => {
  const seen: Seen = { meta: null, script: null, canonical: null, base: null, shown: 0 };
  if (page.text === null || !isHtml(page)) return { ...seen, shown: page.text?.length ?? 0 };
  for (const token of htmlTokens(page.text.slice(0, READ_WITHIN))) take(seen, token);
  return page.text.length > READ_WITHIN ? { ...seen, shown: seen.shown + FEW_CHARACTERS } : seen;
};

const canonicalHeader = ({ header }: Page): string | null =>
  /<([^<>]{1,2000})>\s*;[^,]{0,200}\brel\s*=\s*"?canonical\b/i.exec(header('link').join(', '))?.[1] ?? null;

const resolved = (reference: string, base: URL): URL | null => {
  try {
    return new URL(reference, base);
  } catch {
    return null;
  }
};

const shown = (reference: string, url: URL | null): string =>
  url !== null && /^https?:$/.test(url.protocol) ? shownUrl(url) : printable(shownReference(reference), 300);

const withoutWww = (host: string): string => host.replace(/^www\./, '');

/** Whether a reader comes to another site, to the same one without https, or to what is no address of the web. */
const leadsElsewhere = (from: URL, to: URL | null): boolean =>
  to === null ||
  !/^https?:$/.test(to.protocol) ||
  withoutWww(to.hostname) !== withoutWww(from.hostname) ||
  (from.protocol === 'https:' && to.protocol === 'http:');

const refreshFacts = (page: Page, refresh: Refresh, seen: Seen, base: URL): Facts => {
  const target = refresh.target === '' ? page.url : resolved(refresh.target, base);
  return {
    url: refresh.target === '' ? shownUrl(page.url) : shown(refresh.target, target),
    after: refresh.seconds * 1000,
    source: refresh.source,
    elsewhere: leadsElsewhere(page.url, target),
    only: seen.shown < FEW_CHARACTERS && target?.href !== page.url.href,
  };
};

/**
 * The facts `refresh` and `canonical` of a page: where it leads its readers without a redirect of HTTP, which nothing
 * here follows. A script is only believed where the page shows nothing else. Of what is HTML the first 64 KiB are read.
 */
export const pageMoves = (page: Page): Facts => {
  const seen = seenIn(page);
  const [header] = page.header('refresh');
  const script = seen.shown < FEW_CHARACTERS ? seen.script : null;
  const refresh = (header === undefined ? null : parseRefresh(header, 'header')) ?? seen.meta ?? script;
  const base = (seen.base === null ? null : resolved(seen.base, page.url)) ?? page.url;
  const canonical = seen.canonical ?? canonicalHeader(page);
  return {
    ...(refresh === null ? {} : { refresh: refreshFacts(page, refresh, seen, base) }),
    ...(canonical === null ? {} : { canonical: shown(canonical, resolved(canonical, base)) }),
  };
};
