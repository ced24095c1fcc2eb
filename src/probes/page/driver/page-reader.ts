import type { CDPSession } from 'playwright-core';
import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';

/** What a page shows, in characters; one that shows more has no text, because nothing may be said of half of it. */
export const MOST_TEXT = 1024 * 1024;

/**
 * Run in the page, in a world of its own that no script of the page can reach. `innerText` leaves out shadow trees, so
 * those that are open are read one by one.
 */
const TEXT = `(() => {
  const most = ${MOST_TEXT};
  let text = '';
  let elements = 0;
  const read = (root) => {
    if (text.length > most) return;
    if (root.nodeType === 1) text += (text === '' ? '' : '\\n') + String(root.innerText ?? root.textContent ?? '').slice(0, most + 1);
    else for (const child of root.children) if (!/^(style|script)$/i.test(child.localName)) read(child);
    for (const element of root.querySelectorAll('*')) {
      if (text.length > most || (elements += 1) > 100000) return;
      if (element.shadowRoot !== null) read(element.shadowRoot);
    }
  };
  if (document.body !== null) read(document.body);
  return text.slice(0, most + 1);
})()`;

const HEAD = `(() => {
  const first = (selector, attribute) => document.querySelector(selector)?.getAttribute(attribute)?.slice(0, 2000);
  return {
    title: document.title.slice(0, 1000),
    canonical: first('link[rel=canonical]', 'href'),
    'meta-refresh': first('meta[http-equiv=refresh i]', 'content'),
  };
})()`;

const TIMES = `(async () => {
  const [document] = performance.getEntriesByType('navigation');
  const paint = await new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1))).observe({ type: 'largest-contentful-paint', buffered: true });
    setTimeout(resolve, 100);
  });
  return {
    'first-byte': document?.responseStart,
    'dom-content-loaded': document?.domContentLoadedEventEnd,
    load: document?.loadEventEnd,
    lcp: paint?.startTime,
  };
})()`;

/** Reads a page as it is now; answers null or nothing for what is not there. Rejects when the page is gone. */
export type PageReader = {
  /** The visible text; null when there is more than `MOST_TEXT`. */
  readonly text: () => Promise<string | null>;
  /** `title`, `canonical` and `meta-refresh`, as far as there are any. */
  readonly head: () => Promise<{ readonly [name: string]: string }>;
  /** Milliseconds from the start of the document, of what has happened by now. */
  readonly times: () => Promise<{ readonly [name: string]: number }>;
};

const pick = <T extends Json>(
  value: Json | undefined,
  fits: (item: Json) => item is T,
): { readonly [name: string]: T } =>
  Object.fromEntries(
    Object.entries(isJsonObject(value) ? value : {}).flatMap(([name, item]) => (fits(item) ? [[name, item]] : [])),
  );

const isText = (item: Json): item is string => typeof item === 'string' && item !== '';
const isTime = (item: Json): item is number => typeof item === 'number' && Number.isFinite(item) && item > 0;

const rounded = (times: { readonly [name: string]: number }): { readonly [name: string]: number } =>
  Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, Math.round(ms * 10) / 10]));

export const newPageReader = async (session: CDPSession): Promise<PageReader> => {
  await session.send('Page.enable');
  const evaluate = async (expression: string): Promise<Json | undefined> => {
    const { frameTree } = await session.send('Page.getFrameTree');
    const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'gonogo' });
    const { executionContextId: contextId } = world;
    const { result } = await session.send('Runtime.evaluate', {
      expression,
      contextId,
      returnByValue: true,
      awaitPromise: true,
    });
    const value: Json | undefined = result.value;
    return value;
  };
  return {
    text: async () => {
      const text = await evaluate(TEXT);
      return typeof text === 'string' && text.length <= MOST_TEXT ? text : null;
    },
    head: async (): Promise<JsonObject & { readonly [name: string]: string }> => pick(await evaluate(HEAD), isText),
    times: async () => rounded(pick(await evaluate(TIMES), isTime)),
  };
};
