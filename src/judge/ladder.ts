import { LAYERS, type Layer } from '../model/layer.ts';
import type { CheckResult } from '../model/run.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import { isGood } from '../execute/retry.ts';

type Step = CheckResult['layers'][number];

/** How far a look came: the layers of its kind, each ok, broken or not reached. */
export const layerSteps = (
  layers: readonly Layer[],
  {
    outcome,
    layer: named,
    code,
  }: { readonly outcome: Outcome; readonly layer: Layer | null; readonly code: ReasonCode | null },
): readonly Step[] => {
  if (named === null || named === 'run') {
    return layers.map((step): Step => ({ layer: step, state: isGood(outcome) ? 'ok' : 'not-reached' }));
  }
  const layer = code === 'timeout' && !layers.includes(named) ? (layers.at(-1) ?? named) : named;
  const broken = depth(layer);
  // A warning stops nothing, and a certificate that expires soon still works.
  const goesOn = isGood(outcome) || code === 'tls-expiring';
  const known = layers.includes(layer) ? layers : [...layers, layer].sort((a, b) => depth(a) - depth(b));
  return known.map((step): Step => {
    if (step === layer) return { layer: step, state: 'broken' };
    return { layer: step, state: goesOn || depth(step) < broken ? 'ok' : 'not-reached' };
  });
};

const depth = (layer: Layer): number => LAYERS.indexOf(layer);
