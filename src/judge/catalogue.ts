import type { ReasonCode } from '../model/reason-code.ts';
import { contents } from './catalogue/content.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { health } from './catalogue/health.ts';
import { http } from './catalogue/http.ts';
import { indexAndMcp } from './catalogue/index-and-mcp.ts';
import { machine } from './catalogue/machine.ts';
import { network } from './catalogue/network.ts';
import { running } from './catalogue/run.ts';

/** Every reason code with its title, meaning, advice, layer and outcome; the compiler refuses a gap. */
export const catalogue: { readonly [Code in ReasonCode]: CatalogueEntry } = {
  ...network,
  ...http,
  ...health,
  ...indexAndMcp,
  ...contents,
  ...machine,
  ...running,
};
