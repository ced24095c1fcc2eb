import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen, stop } from '../stack/listen.ts';

const RUNBOOK = `---
owner: shop
last-reviewed: 2026-11-20
---

# Shop

## Search is down

### Meaning

Nothing answers where the search should be.

### Impact

Nobody finds anything to buy.

### Diagnosis

1. See whether it runs: \`systemctl status shop-search\`

### Mitigation

1. Restart it: \`systemctl restart shop-search\`
`;

const CONFIG = `version: 1
name: Shop
runbooks: [shop.md]
owners:
  shop: { contact: '#shop', escalation: [shop on call within 15 min, head of engineering within 1 h] }
components:
  shop: { owner: shop, runbook: { default: shop.md#search-is-down } }
checks:
  front:
    component: shop
    http: \${env.FRONT_URL}/
  health:
    title: The shop says that it is healthy
    component: shop
    health: \${env.FRONT_URL}/health
  search:
    title: The search finds something
    component: shop
    priority: P0
    http: \${env.SEARCH_URL}/search
  order:
    component: shop
    http: { method: POST, url: '\${env.FRONT_URL}/orders' }
  checkout-page:
    component: shop
    needs: [search]
    http: \${env.FRONT_URL}/checkout
gates:
  launch: { must: [front, search, checkout-page] }
`;

const SILENT = `version: 1
name: Silent
checks:
  search: { http: '\${env.SEARCH_URL}/search' }
  silent: { http: '\${env.SILENT_URL}/' }
`;

/** A small shop of real servers: a front that stays up, a search that can be killed and come back, and one that never answers. */
export const startShop = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-shop-'));
  writeFileSync(join(folder, 'gonogo.yaml'), CONFIG);
  writeFileSync(join(folder, 'silent.yaml'), SILENT);
  writeFileSync(join(folder, 'shop.md'), RUNBOOK);
  mkdirSync(join(folder, 'elsewhere'));
  let version = '1.4.2';
  let asked = 0;
  const front = createServer((request, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'application/health+json', 'x-app-version': version });
    response.end(request.url === '/health' ? '{"status":"pass"}' : '{}');
  });
  const makeSearch = (): Server => createServer((_, response) => response.writeHead(200).end('{}'));
  let search = makeSearch();
  const silent = createTcpServer(() => {});
  const frontPort = await listen(front);
  const searchPort = await listen(search);
  const silentPort = await listen(silent);
  return {
    folder,
    variables: {
      FRONT_URL: `http://127.0.0.1:${frontPort}`,
      SEARCH_URL: `http://127.0.0.1:${searchPort}`,
      SILENT_URL: `http://127.0.0.1:${silentPort}`,
    },
    /** How many requests the front has seen. */
    asked: () => asked,
    deploy: (next: string) => {
      version = next;
    },
    killSearch: () => stop(search),
    startSearch: async () => {
      search = makeSearch();
      await listen(search, searchPort);
    },
    close: async () => {
      if (search.listening) await stop(search);
      await stop(front);
      silent.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
