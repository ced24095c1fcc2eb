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
