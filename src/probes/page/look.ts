import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CouldNotLook, type Look } from '../probe.ts';
import { driveBrowser } from './drive.ts';
import { keepEvidence } from './keep-evidence.ts';
import { makeOrder } from './make-order.ts';
import type { Spec } from './schema.ts';
import { jarAfterPage } from './session-cookies.ts';

/** Chromium hands addresses of some schemes to this program of the desktop, unasked: here it does nothing. */
const OPENER = 'xdg-open';

/** A folder for all that one visit writes: profile, temporary files, evidence. */
const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'gonogo-page-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', OPENER), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return folder;
};

/** Visits the page in a browser of its own, and leaves nothing behind but the evidence, and cookies to its scenario. */
export const look: Look<Spec> = async (spec, context) => {
  const { session } = context;
  context.signal.throwIfAborted();
  const folder = await makeFolder();
  try {
    const order = await makeOrder(spec, folder, context);
    const end = await driveBrowser(order, context);
    if (session !== null && end.cookies !== null) {
      session.jar = jarAfterPage(session.jar, end.cookies, new URL(spec.url));
    }
    const facts = { ...end.facts, ...(await keepEvidence(order, end, context)) };
    if (end.failure !== null) throw new CouldNotLook(end.failure.code, end.failure.message, facts);
    return facts;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  }
};
