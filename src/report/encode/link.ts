/**
 * The address of a link that is safe to offer: http, https, or relative. Null for everything else (`javascript:`,
 * `data:`, `//host`, hidden characters), which is then shown as text.
 */
export const safeLink = (address: string): string | null => {
  if (address === '' || /[\s\\\p{Cc}\p{Cf}\p{Cs}]/u.test(address)) return null;
  if (/^https?:\/\/[^/]/iu.test(address)) return URL.canParse(address) ? address : null;
  if (address.startsWith('//') || /^[^/?#]*:/u.test(address)) return null;
  return address;
};

/** As `safeLink`; what is relative is meant from the working folder, to which `root` leads (`../../`, or nothing). */
export const linkFrom = (root: string, address: string): string | null => {
  const href = safeLink(address);
  return href === null || /^(?:https?:|[/#?])/iu.test(href) ? href : `${root}${href}`;
};
