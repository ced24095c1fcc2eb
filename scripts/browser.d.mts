/** The path of a Chromium that is there, or null. */
export const findChromium: () => string | null;
/** Tries to install one; answers what went wrong last. */
export const installChromium: (root: string) => string;
