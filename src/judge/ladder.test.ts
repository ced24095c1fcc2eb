import { expect, it } from 'vitest';
import type { Layer } from '../model/layer.ts';
import { LAYERS } from '../model/layer.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import { layerSteps } from './ladder.ts';

const HTTP: readonly Layer[] = ['dns', 'tcp', 'http', 'content'];

/** `dns+ tcp! http-`: reached, broken, and not reached. */
const ladder = (outcome: Outcome, layer: Layer | null, code: ReasonCode | null, layers = HTTP): string =>
  layerSteps(layers, { outcome, layer, code })
    .map((step) => `${step.layer}${{ ok: '+', broken: '!', 'not-reached': '-' }[step.state]}`)
    .join(' ');

it.each<[Outcome, Layer | null, ReasonCode | null, string]>([
  ['pass', null, null, 'dns+ tcp+ http+ content+'],
  ['warn', null, null, 'dns+ tcp+ http+ content+'],
  ['fail', 'dns', 'dns-nxdomain', 'dns! tcp- http- content-'],
  ['fail', 'http', 'http-5xx', 'dns+ tcp+ http! content-'],
  ['fail', 'content', 'assertion-failed', 'dns+ tcp+ http+ content!'],
  ['fail', 'tls', 'tls-expired', 'dns+ tcp+ tls! http- content-'],
  ['fail', 'tls', 'tls-expiring', 'dns+ tcp+ tls! http+ content+'],
  ['warn', 'http', 'http-status', 'dns+ tcp+ http! content+'],
  ['warn', 'tls', 'tls-expiring', 'dns+ tcp+ tls! http+ content+'],
  ['fail', 'quality', 'slow', 'dns+ tcp+ http+ content+ quality!'],
  ['unknown', 'auth', 'auth-required', 'dns+ tcp+ http+ auth! content-'],
  ['unknown', 'run', 'not-run', 'dns- tcp- http- content-'],
  ['blocked', 'run', 'needs-failed', 'dns- tcp- http- content-'],
  ['pass', 'run', null, 'dns+ tcp+ http+ content+'],
])('%s at %s (%s) is the ladder %s', (outcome, layer, code, shown) => {
  expect(ladder(outcome, layer, code)).toBe(shown);
});

it('a time that was over is shown at the last layer of a kind that has no such layer', () => {
  expect(ladder('fail', 'http', 'timeout')).toBe('dns+ tcp+ http! content-');
  expect(ladder('fail', 'http', 'timeout', ['dns', 'tcp'])).toBe('dns+ tcp!');
  expect(ladder('fail', 'http', 'timeout', [])).toBe('http!');
  expect(ladder('fail', 'http', 'http-5xx', ['dns', 'tcp'])).toBe('dns+ tcp+ http!');
});

it('a layer that the kind does not have is put where it belongs', () => {
  for (const layer of LAYERS.filter((one) => one !== 'run')) {
    const shown = layerSteps(['dns', 'quality'], { outcome: 'fail', layer, code: 'assertion-failed' });
    const places = shown.map((step) => LAYERS.indexOf(step.layer));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(shown.filter(({ state }) => state === 'broken').map((step) => step.layer)).toEqual([layer]);
  }
});
