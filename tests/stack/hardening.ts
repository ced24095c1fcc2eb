import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDeployment, writeRunbooks } from './hardening-files.ts';
import { listen, stop } from './listen.ts';
import type { StackState } from './stack.ts';

const MINUTE_MS = 60_000;

/** Keys of the test that nothing else uses: the second is half as long as it must be. */
export const VAULT_KEY = '5f2b7c09e1d84a63bb907d1e6c3f5a28904e7fd2c16b8a3590ed4c7712fa683b';
export const SHORT_VAULT_KEY = VAULT_KEY.slice(0, 32);
export const GATEWAY_TOKEN = 'test-credential-of-the-gateway';

const AGENTS = ['importer', 'indexer', 'mailer'] as const;

const agents = (state: StackState) =>
  AGENTS.filter((name) => state === 'healed' || name !== 'mailer').map((name) => ({ name, state: 'registered' }));

/** Broken, one agent has not beaten for 47 minutes. */
const beats = (state: StackState) =>
  Object.fromEntries(
    AGENTS.map((name, index) => {
      const minutes = state === 'broken' && name === 'indexer' ? 47 : 2 + index;
      return [name, new Date(Date.now() - minutes * MINUTE_MS).toISOString()];
    }),
  );

/** Broken, the gateway asks nobody for a credential. */
const answer = (request: IncomingMessage, response: ServerResponse, state: StackState): void => {
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (state === 'healed' && request.headers.authorization !== `Bearer ${GATEWAY_TOKEN}`) {
    response.setHeader('www-authenticate', 'Bearer realm="gateway"');
    json(401, { error: 'unauthorised' });
  } else if (request.url === '/api/agents') json(200, { agents: agents(state) });
  else if (request.url === '/api/beats') json(200, { beats: beats(state) });
  else json(404, { error: 'no such path' });
};

/**
 * A gateway with three agents behind it, what is deployed beside it, and its runbooks. `environment` holds the variables
 * that `checks/hardening.yaml` reads; what it is depends on the state.
 */
export const startHardening = async (state: StackState) => {
  let current = state;
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-hardening-'));
  const [deployed, runbooks] = [join(folder, 'deployed'), join(folder, 'runbooks')];
  const write = (): void => {
    writeDeployment(deployed, current);
    writeRunbooks(runbooks, current);
  };
  write();
  const server = createServer((request, response) => answer(request, response, current));
  const port = await listen(server);
  return {
    get environment() {
      return {
        GATEWAY_URL: `http://127.0.0.1:${port}`,
        GATEWAY_TOKEN,
        DEPLOY_FOLDER: deployed,
        RUNBOOK_FOLDER: runbooks,
        VAULT_KEY: current === 'healed' ? VAULT_KEY : SHORT_VAULT_KEY,
      };
    },
    setState: (next: StackState): void => {
      current = next;
      write();
    },
    close: async () => {
      await stop(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
