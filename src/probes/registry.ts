import { burst } from './burst/kind.ts';
import { command } from './command/kind.ts';
import { dns } from './dns/kind.ts';
import { domain } from './domain/kind.ts';
import { environment } from './environment/kind.ts';
import { files } from './files/kind.ts';
import { grpc } from './grpc/kind.ts';
import { health } from './health/kind.ts';
import { heartbeat } from './heartbeat/kind.ts';
import { http } from './http/kind.ts';
import { mcp } from './mcp/kind.ts';
import { metrics } from './metrics/kind.ts';
import { page } from './page/kind.ts';
import { playwright } from './playwright/kind.ts';
import { postgres } from './postgres/kind.ts';
import { query } from './query/kind.ts';
import { sse } from './sse/kind.ts';
import { tcp } from './tcp/kind.ts';
import { tls } from './tls/kind.ts';
import { websocket } from './websocket/kind.ts';

/**
 * Every probe kind, by the key that the YAML uses. The config union, the JSON Schema and the reference pages follow
 * from this list: adding a kind is a folder and one line here.
 */
export const probes = {
  burst,
  command,
  dns,
  domain,
  environment,
  files,
  grpc,
  health,
  heartbeat,
  http,
  mcp,
  metrics,
  page,
  playwright,
  postgres,
  query,
  sse,
  tcp,
  tls,
  websocket,
} as const;
