import type { Json } from '../model/json.ts';

/** A request that tells somebody. Headers and URL may hold secrets. */
export type Message = {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly json: Json;
};
