import { rmSync } from 'node:fs';
import process, { exit, pid, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { CouldNotLook } from '../../probe.ts';
import type { Order, Told, VisitEnd } from '../order.ts';
import { launchBrowser } from './launch-browser.ts';
import { firstLine } from './step-trouble.ts';
import { orNull } from './time-left.ts';
import { visitPage } from './visit.ts';

/**
 * The program that holds the browser, one for each look: it reads an order on its standard input and says on its
 * standard output how the visit goes. A page that floods, freezes or exhausts it costs that look and nothing else.
 * The browser ends with this process, which ends with its parent: then its input is closed.
 */
const say = (told: Told): Promise<void> =>
  new Promise((resolve) => void stdout.write(`${JSON.stringify(told)}\n`, () => resolve()));

const CLOSE_MS = 500;

const failed = (error: unknown): VisitEnd => {
  const { code, message } =
    error instanceof CouldNotLook
      ? error
      : { code: 'probe-crashed' as const, message: `the visit failed: ${firstLine(error)}` };
  return { facts: {}, shown: '', cookies: null, failure: { code, message } };
};

const obey = async (order: Order): Promise<void> => {
  const tell = (text: string): void => void say({ told: 'progress', text });
  tell('starting the browser');
  const browser = await launchBrowser(order);
  await say({ told: 'end', end: await visitPage(browser, order, tell).catch(failed) });
  await orNull(browser.close(), CLOSE_MS);
};

let folder: string | null = null;

/** The parent is gone, and can remove nothing: once the browser has ended, which it does at our exit, we do. */
const endAsOrphan = (): void => {
  process.once('exit', () => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  exit(1);
};

const start = async (line: string): Promise<void> => {
  const order: Order = JSON.parse(line);
  folder = order.folder;
  await say({ told: 'started', pid });
  await obey(order).catch((error: unknown) => say({ told: 'end', end: failed(error) }));
  exit(0);
};

process.on('SIGTERM', () => exit(1));
stdout.on('error', () => exit(1));
createInterface({ input: stdin })
  .once('line', (line) => void start(line))
  .once('close', endAsOrphan);
