import type { Json } from '../model/json.ts';

/** A request that tells somebody. Headers and URL may hold secrets. */
export type Message = {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly json: Json;
  /** What is answered when it was taken; null for any status of 200 to 299, and any body. */
  readonly taken: { readonly status: number | null; readonly body: string | null };
};
