import { dns } from './dns/kind.ts';
import { domain } from './domain/kind.ts';
import { health } from './health/kind.ts';
import { http } from './http/kind.ts';
import { mcp } from './mcp/kind.ts';
import { tcp } from './tcp/kind.ts';
import { tls } from './tls/kind.ts';

/**
 * Every probe kind, by the key that the YAML uses. The config union, the JSON Schema and the reference pages follow
 * from this list: adding a kind is a folder and one line here.
 */
export const probes = { dns, domain, health, http, mcp, tcp, tls } as const;
