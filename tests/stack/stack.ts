import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority, makeCertificate } from './certificates.ts';
import { startDashboard } from './dashboard.ts';
import { startDnsServer } from './dns-server.ts';
import { SITES, startSites } from './sites.ts';
import { startSupport } from './support.ts';

export type StackState = 'broken' | 'healed';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the name server knows: broken, `docs.example` was never registered; only the landing page has a www name. */
const recordsFor = (state: StackState) =>
  new Map(
    [...SITES, 'www.landing.example']
      .filter((name) => state === 'healed' || name !== 'docs.example')
      .map((name) => [name, { a: ['127.0.0.1'] }]),
  );

const sitesCertificate = async () => {
  const authority = await makeAuthority();
  const now = Date.now();
  const leaf = await makeCertificate({
    authority,
    names: SITES.flatMap((name) => [name, `www.${name}`]),
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 60 * DAY_MS),
  });
  return { authority, leaf };
};

/**
 * The demo systems, all real servers on free loopback ports: a dashboard behind a proxy, a support service with a query
 * tool over MCP, four web sites with their certificates, and the name server that knows them.
 * `environment` holds the variables that `checks/launch-direction.yaml` reads.
 */
export const startStack = async (state: StackState) => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-stack-'));
  const { authority, leaf } = await sitesCertificate();
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  const dashboard = await startDashboard(state);
  const support = await startSupport({ state: state === 'broken' ? 'index-missing' : 'healthy' });
  const sites = await startSites(state, leaf);
  const dns = await startDnsServer({ records: recordsFor(state) });
  return {
    environment: {
      DASHBOARD_URL: dashboard.url,
      SUPPORT_URL: support.url,
      SITES_HTTP_PORT: String(sites.httpPort),
      SITES_HTTPS_PORT: String(sites.httpsPort),
      SITES_CA: ca,
      NAME_SERVER: dns.address,
    },
    setState: (next: StackState) => {
      dashboard.setState(next);
      support.setState(next === 'broken' ? 'index-missing' : 'healthy');
      sites.setState(next);
      dns.setRecords(recordsFor(next));
    },
    close: async () => {
      await Promise.all([dashboard.close(), support.close(), sites.close(), dns.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
