/** One text or several, as a list. */
export const listOf = <Text extends string>(written: Text | readonly Text[] | undefined): readonly Text[] => {
  if (written === undefined) return [];
  return typeof written === 'string' ? [written] : written;
};
