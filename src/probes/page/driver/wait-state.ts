import type { PageState } from '../page-step.ts';

const NAMES = { load: 'load', 'dom-content-loaded': 'domcontentloaded', 'network-idle': 'networkidle' } as const;

/** The state of a page as Playwright calls it. */
export const playwrightState = (state: PageState): 'load' | 'domcontentloaded' | 'networkidle' => NAMES[state];
