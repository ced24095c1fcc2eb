import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority, makeCertificate } from './certificates.ts';
import { startDashboard } from './dashboard.ts';
import { startDnsServer } from './dns-server.ts';
import { makeDecisionLog, writeEvidence } from './launch-data.ts';
import { startPostgres } from './postgres.ts';
import { SITES, startSites } from './sites.ts';
import { startStores } from './stores.ts';
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
 * tool over MCP, four web sites with their certificates, the name server that knows them, the stores of Langfuse, a
 * Postgres with the log of decisions, and a folder of evidence.
 * `environment` holds the variables that `checks/launch-direction.yaml` reads; they depend on the state.
 */
export const startStack = async (state: StackState) => {
  let current = state;
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-stack-'));
  const evidence = join(folder, 'evidence');
  writeEvidence(evidence, state);
  const [postgres, { authority, leaf }] = await Promise.all([startPostgres(), sitesCertificate()]);
  const databaseUrl = await makeDecisionLog(postgres);
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  const dashboard = await startDashboard(state);
  const support = await startSupport({ state: state === 'broken' ? 'index-missing' : 'healthy' });
  const sites = await startSites(state, leaf);
  const dns = await startDnsServer({ records: recordsFor(state) });
  const stores = await startStores(state);
  return {
    get environment() {
      return {
        DASHBOARD_URL: dashboard.url,
        SUPPORT_URL: support.url,
        SITES_HTTP_PORT: String(sites.httpPort),
        SITES_HTTPS_PORT: String(sites.httpsPort),
        SITES_CA: ca,
        NAME_SERVER: dns.address,
        ...stores.environment,
        DATABASE_URL: databaseUrl(current),
        EVIDENCE_FOLDER: evidence,
      };
    },
    setState: (next: StackState) => {
      current = next;
      dashboard.setState(next);
      support.setState(next === 'broken' ? 'index-missing' : 'healthy');
      sites.setState(next);
      dns.setRecords(recordsFor(next));
      stores.setState(next);
      writeEvidence(evidence, next);
    },
    close: async () => {
      const servers = [dashboard, support, sites, dns, stores, postgres];
      await Promise.all(servers.map((server) => server.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
