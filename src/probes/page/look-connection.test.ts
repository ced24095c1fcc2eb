import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { look } from './look.ts';
import { startSite, visitContext } from './test-site.ts';

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A proxy that answers every address itself, and tells which it was asked for. */
const startProxy = async (): Promise<{ readonly address: string; readonly asked: readonly string[] }> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${request.headers.host}</title>`);
  });
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { address: `http://127.0.0.1:${address.port}`, asked };
};

test('the proxy variables are honoured, and the proxy is named without its credentials', async () => {
  const { address, asked } = await startProxy();
  const proxyEnvironment = { http_proxy: address.replace('//', '//ann:secret@') };
  const facts = await look({ url: 'http://shop.test/' }, visitContext({ proxyEnvironment }));
  expect(facts).toMatchObject({ status: 200, title: 'shop.test', proxy: address });
  expect(asked).toContain('http://shop.test/');
});

test('a name is looked at where the check says, and a phone is as wide as a phone', async () => {
  const site = await startSite({
    '/': '<p></p><script>document.querySelector("p").textContent = innerWidth + " " + location.host</script>',
  });
  closers.push(site.close);
  const spec = { url: 'http://shop.test/', 'connect-to': `127.0.0.1:${site.port}`, viewport: '390x844' };
  expect(await look(spec, visitContext())).toMatchObject({ text: '390 shop.test', 'final-url': 'http://shop.test/' });
  expect(site.requests[0]?.headers.host).toBe('shop.test');
});
