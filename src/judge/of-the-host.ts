import type { Layer } from '../model/layer.ts';
import type { ReasonCode } from '../model/reason-code.ts';

const CODES: ReadonlySet<ReasonCode> = new Set(['http-5xx', 'timeout', 'rate-limited', 'proxy-error']);
const LAYERS: ReadonlySet<Layer> = new Set(['dns', 'tcp', 'tls', 'auth']);

/**
 * Whether a reason tells of the whole host, so that checks which share host, layer and code have one cause. Anything
 * else (a 404, a value that differs) is about one address, and two of them are two causes.
 */
export const isOfTheHost = (code: ReasonCode | null, layer: Layer | null): boolean =>
  code !== null && layer !== null && (LAYERS.has(layer) || CODES.has(code));
