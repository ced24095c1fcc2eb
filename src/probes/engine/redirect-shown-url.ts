const SENSITIVE =
  /auth(?!ors?$|or[-_])|token|secret|passw|pwd|credential|cookie|session|signature|api[-_]?key|access[-_]?key|private[-_]?key|^key$|^sig$|^sid$|^jwt$|^code$|[-_]key$/i;

/** Whether a header, parameter or field of this name usually carries a secret. */
export const isSensitiveName = (name: string): boolean => SENSITIVE.test(name);

const LONGEST = 300;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const maskPair = (pair: string): string => {
  const equals = pair.indexOf('=');
  return equals > 0 && isSensitiveName(decoded(pair.slice(0, equals))) ? `${pair.slice(0, equals)}=***` : pair;
};

/** The query (or fragment) with the values of sensitive names masked, and everything else verbatim. */
const maskQuery = (search: string): string => search.slice(0, 1) + search.slice(1).split('&').map(maskPair).join('&');

const cut = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}... (${text.length} characters)` : text;

/** A URL as reports show it: userinfo and the values of sensitive parameters masked, over-long ones cut. */
export const shownUrl = (url: URL): string => {
  const userinfo = url.username === '' && url.password === '' ? '' : '***@';
  const search = url.search === '' ? '' : maskQuery(url.search);
  const hash = url.hash === '' ? '' : maskQuery(url.hash);
  return cut(`${url.protocol}//${userinfo}${url.host}${url.pathname}${search}${hash}`);
};

/** As `shownUrl` for text that may be a relative reference or no URL at all. */
export const shownReference = (text: string): string => {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text)) return shownUrl(new URL(text));
  const at = text.search(/[?#]/);
  const shown = at < 0 ? text : text.slice(0, at) + maskQuery(text.slice(at));
  return cut(shown.replace(/\/\/[^/?#@]*@/, '//***@'));
};
