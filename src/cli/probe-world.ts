import { dirname, resolve } from 'node:path';
import type { Check } from '../config/config.ts';
import type { ProbeWorld } from '../probes/probe.ts';
import type { Session } from '../probes/session.ts';
import { clock } from '../shell/clock.ts';
import { keepEvidence } from '../shell/evidence.ts';
import type { World } from './world.ts';

/** What looks may leave and learn besides the network: where evidence goes, what is secret, who watches, what was. */
export type LookSetting = {
  /** Absolute; null for a run that leaves no trace. */
  readonly folder: string | null;
  readonly redact: ProbeWorld['redact'];
  readonly earlier: ProbeWorld['earlier'];
  readonly tell: (check: string, progress: string) => void;
};

/** The world of one look at a check; `kept` fills with the paths of its evidence. */
export type LookWorld = { readonly world: ProbeWorld; readonly kept: readonly string[] };

const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** Makes the world of each look out of the process's own. */
export const makeLookWorlds = ({ environment, tool, workingDirectory }: World, setting: LookSetting) => {
  const proxyEnvironment = Object.fromEntries(PROXY_VARIABLES.map((name) => [name, environment[name]]));
  return (check: Pick<Check, 'id' | 'source'>, session: Session | null): LookWorld => {
    const kept: string[] = [];
    const world: ProbeWorld = {
      monotonicMs: clock.monotonicMs,
      now: clock.now,
      agent: tool,
      proxyEnvironment,
      environment,
      folder: resolve(workingDirectory, dirname(check.source.file)),
      redact: setting.redact,
      earlier: setting.earlier,
      session,
      tell: (progress) => setting.tell(check.id, progress),
      keep: async (name, content) => {
        if (setting.folder === null) return null;
        const path = await keepEvidence(setting.folder, check.id, name, content);
        kept.push(path);
        return path;
      },
    };
    return { world, kept };
  };
};
