import { describe, expect, test } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { chainText } from './redirect-chain.ts';
import { careful, imaginedNet, requestFor, stillContext, to, walk, type Reply } from './redirect-test-site.ts';
import { followRedirects } from './redirects.ts';
import type { HttpRequest } from './request.ts';

const OK: Reply = { status: 200 };

describe('following redirects', () => {
  test('reports a redirect as the answer when redirects are not followed', async () => {
    const { chain } = await walk('https://a.test/', { 'https://a.test/': to('/login') }, { follow: false });
    expect(chain.answer?.status).toBe(302);
    expect(chain.problem).toBeNull();
    expect(chain.hops).toHaveLength(1);
  });

  test('walks to the last answer, sums the timings and names every hop', async () => {
    const { chain } = await walk('https://a.test/', {
      'https://a.test/': to('https://b.test/x#part', 301),
      'https://b.test/x': to('y', 308),
      'https://b.test/y': OK,
    });
    expect(chain.answer?.status).toBe(200);
    expect(chain.timings).toEqual({ dns: 3, connect: 6, wait: 12, total: 30 });
    expect(chainText(chain)).toBe('https://a.test/ --301--> https://b.test/x --308--> https://b.test/y  (200)');
  });

  test('gives up after the allowed number of redirects and shows the last URLs', async () => {
    const net = imaginedNet((request) => to(`/?n=${request.url.search}1`));
    const policy = { ...careful, max: 4 };
    const chain = await followRedirects(requestFor('https://a.test/'), policy, stillContext, net.exchange);
    expect(chain.problem?.code).toBe('redirect-limit');
    expect(chain.problem?.message).toContain('more than 4 redirects; the last: https://a.test/?n=?n=?n=1');
    expect(net.sent).toHaveLength(5);
  });

  test('keeps what was seen when a later hop fails', async () => {
    const failing = (request: HttpRequest) =>
      request.url.hostname === 'b.test'
        ? Promise.reject(new CouldNotLook('connect-refused', 'refused', { timings: { dns: 5, total: 6 } }))
        : imaginedNet(() => to('https://b.test/')).exchange(request);
    const chain = await followRedirects(requestFor('https://a.test/'), careful, stillContext, failing);
    expect(chain.failure?.code).toBe('connect-refused');
    expect(chain.answer).toBeNull();
    expect(chain.hops.map(({ status }) => status)).toEqual([302, null]);
    expect(chain.timings).toEqual({ dns: 6, connect: 2, wait: 4, total: 16 });
  });

  test('lets a fault of ours through', async () => {
    const broken = () => Promise.reject(new TypeError('ours'));
    await expect(followRedirects(requestFor('https://a.test/'), careful, stillContext, broken)).rejects.toThrow('ours');
  });
});
