const isOfTheClock = (name: string, value: string): boolean =>
  name.startsWith('FAKETIME') || (name === 'LD_PRELOAD' && value.includes('faketime'));

/**
 * What libfaketime needs of the environment: under `faketime DATE vitest run` a program that a test starts lives on the
 * same day as the test. Empty elsewhere.
 */
export const MOVED_CLOCK: { readonly [name: string]: string } = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && isOfTheClock(name, value) ? [[name, value] as const] : [],
  ),
);
