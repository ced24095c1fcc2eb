import type { Response } from 'playwright-core';
import { addressClass, leadsInside, type AddressClass } from '../../engine/redirect-address-class.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { CouldNotLook } from '../../probe.ts';

/** Judges the addresses that documents come from, one after the other; null while none is further inside than the first. */
export type AddressRule = (address: string, url: string) => CouldNotLook | null;

/** A page at a public address may not show, in itself or after it, what only our own network can see. */
export const newAddressRule = (): AddressRule => {
  let first: AddressClass | null = null;
  return (address, url) => {
    const found = addressClass(address);
    first ??= found;
    if (!leadsInside(first, found)) return null;
    const message = `the page leads from a ${first} address to a ${found} one, which allow-private would permit: ${shownReference(url)}`;
    return new CouldNotLook('redirect-private', message);
  };
};

/** The address of the peer that an answer came from; null when it is not known, as from the cache. */
export const addressOf = async (response: Response): Promise<string | null> =>
  (await response.serverAddr().catch(() => null))?.ipAddress ?? null;
