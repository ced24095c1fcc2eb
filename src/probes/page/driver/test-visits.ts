import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Facts } from '../../../model/observation.ts';
import type { ProbeContext } from '../../probe.ts';
import { makeOrder } from '../make-order.ts';
import type { VisitEnd } from '../order.ts';
import type { Spec } from '../schema.ts';
import { visitContext } from '../test-site.ts';
import { launchBrowser } from './launch-browser.ts';
import { visitPage } from './visit.ts';

/** For tests: visits in one browser, each with a profile of its own, without a driver around them. */
export type Visits = {
  readonly visit: (spec: Spec, changes?: Partial<ProbeContext>) => Promise<VisitEnd>;
  /** The facts of a visit that came to its end. */
  readonly factsOf: (spec: Spec) => Promise<Facts>;
  readonly failureOf: (spec: Spec) => Promise<NonNullable<VisitEnd['failure']>>;
  readonly close: () => Promise<void>;
};

/** For tests: starts the browser that visits share. */
export const startVisits = async (): Promise<Visits> => {
  const folder = await mkdtemp(join(tmpdir(), 'visits-'));
  const order = (spec: Spec, changes: Partial<ProbeContext> = {}) => makeOrder(spec, folder, visitContext(changes));
  const browser = await launchBrowser(await order({ url: 'http://127.0.0.1/' }));
  const visit: Visits['visit'] = async (spec, changes) => {
    try {
      return await visitPage(browser, await order(spec, changes), () => {});
    } finally {
      for (const context of browser.contexts()) await context.close();
    }
  };
  return {
    visit,
    factsOf: async (spec) => {
      const { facts, failure } = await visit(spec);
      if (failure !== null) throw new Error(`the visit failed: ${failure.code}: ${failure.message}`);
      return facts;
    },
    failureOf: async (spec) => {
      const { facts, failure } = await visit(spec);
      if (failure === null) throw new Error(`the visit should have failed: ${JSON.stringify(facts)}`);
      return failure;
    },
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
};
