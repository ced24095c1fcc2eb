import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from '../../model/observation.ts';
import type { ProbeContext } from '../probe.ts';
import { SCREENSHOT, TRACE, type Order, type VisitEnd } from './order.ts';

const MOST_BYTES = 20 * 1024 * 1024;

/** A file that the visit left, at most 20 MiB; null when it left none. */
const leftBy = async (folder: string, name: string): Promise<Uint8Array | null> => {
  const path = join(folder, name);
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  return size === 0 || size > MOST_BYTES ? null : readFile(path);
};

type Part = { readonly kept: Facts; readonly withheld: readonly string[] };

const keepOne = async (
  fact: string,
  name: string,
  order: Order,
  shows: boolean,
  context: ProbeContext,
): Promise<Part> => {
  const content = await leftBy(order.folder, name);
  if (content === null) return { kept: {}, withheld: [] };
  if (shows) return { kept: {}, withheld: [`${fact}: the page shows a secret`] };
  const path = await context.keep(name, content);
  return { kept: path === null ? {} : { [fact]: path }, withheld: [] };
};

/** Keeps the screenshot and the trace of a visit, unless a secret could be read on them; answers their facts. */
export const keepEvidence = async (order: Order, { shown }: VisitEnd, context: ProbeContext): Promise<Facts> => {
  const shows = context.redact(shown) !== shown;
  const screenshot = await keepOne('screenshot', SCREENSHOT, order, shows, context);
  const trace = await keepOne('trace', TRACE, order, shows, context);
  const noTrace = order.spec.trace === true && !order.trace ? ['trace: the check holds a secret or credentials'] : [];
  const withheld = [...screenshot.withheld, ...trace.withheld, ...noTrace];
  return { ...screenshot.kept, ...trace.kept, ...(withheld.length === 0 ? {} : { withheld }) };
};
