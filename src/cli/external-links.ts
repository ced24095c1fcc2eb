import pLimit from 'p-limit';
import type { Problem } from '../config/problem.ts';
import { observe } from '../probes/observe.ts';
import { problemAt } from '../runbooks/lint/page.ts';
import type { Link } from '../runbooks/lint/links.ts';
import { makeLookWorlds } from './probe-world.ts';
import type { World } from './world.ts';

const TIMEOUT_MS = 10_000;
const AT_ONCE = 8;
const MOST_LINKS = 500;

/** These say that the page is not there; anything else may only be hidden from us, or be broken today. */
const GONE: ReadonlySet<number> = new Set([404, 410]);

/**
 * Asks for every external page once, over our own engine: a page that is gone is an error, one that cannot be read
 * from here a warning. Links of other schemes are not followed.
 */
export const externalLinkProblems = async (links: readonly Link[], world: World): Promise<readonly Problem[]> => {
  const web = links.filter(({ href }) => /^https?:\/\//i.test(href));
  const urls = [...new Set(web.map(({ href }) => href.replace(/#.*$/, '')))];
  const limit = pLimit(AT_ONCE);
  const worldOf = makeLookWorlds(world, {
    folder: null,
    redact: (value) => value,
    earlier: async () => null,
    tell: () => {},
  });
  const found = new Map(
    await Promise.all(
      urls.slice(0, MOST_LINKS).map((url) => limit(async () => [url, await troubleWith(url, worldOf)] as const)),
    ),
  );
  return [
    ...web.flatMap(({ page, href, place }) => {
      const trouble = found.get(href.replace(/#.*$/, ''));
      if (trouble === undefined || trouble === null) return [];
      return [problemAt(page, place, { message: `${trouble.says}: ${href}`, severity: trouble.severity })];
    }),
    ...notAsked(web, urls.slice(MOST_LINKS)),
  ];
};

/** Said at the first of them: what was not asked for is not good. */
const notAsked = (links: readonly Link[], urls: readonly string[]): readonly Problem[] => {
  const first = links.find(({ href }) => urls.includes(href.replace(/#.*$/, '')));
  if (first === undefined) return [];
  const message = `${urls.length} more pages were not asked for: ${MOST_LINKS} are in one run`;
  return [problemAt(first.page, first.place, { message, severity: 'warning', hint: 'lint fewer files at a time' })];
};

type Trouble = { readonly says: string; readonly severity: Problem['severity'] };

const troubleWith = async (url: string, worldOf: ReturnType<typeof makeLookWorlds>): Promise<Trouble | null> => {
  const { world } = worldOf({ id: 'link', source: { file: 'link', line: 1, column: 1 } }, null);
  const order = { kind: 'http', spec: { url, follow: true }, timeoutMs: TIMEOUT_MS, asked: ['status'] };
  const { facts, ...seen } = await observe(order, world, new AbortController().signal);
  const { status } = facts;
  if (typeof status === 'number') {
    if (status < 400) return null;
    return GONE.has(status)
      ? { says: `the page is gone (${status})`, severity: 'error' }
      : { says: `the page cannot be read from here (${status})`, severity: 'warning' };
  }
  if (seen.state === 'observed') return { says: 'the page does not answer', severity: 'warning' };
  if (seen.code === 'dns-nxdomain') return { says: seen.message, severity: 'error' };
  return { says: `the page cannot be read from here: ${seen.message}`, severity: 'warning' };
};
