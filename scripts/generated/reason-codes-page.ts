import { catalogue } from '../../src/judge/catalogue.ts';
import type { CatalogueEntry } from '../../src/judge/catalogue/entry.ts';
import { LAYERS, type Layer } from '../../src/model/layer.ts';
import { REASON_CODES, type ReasonCode } from '../../src/model/reason-code.ts';
import { code, page, prose, table } from './markdown.ts';

const OUTCOMES: { readonly [Outcome in CatalogueEntry['outcome']]: string } = {
  fail: '`fail`: seen to be wrong',
  unknown: '`unknown`: we cannot tell',
  skipped: '`skipped`: a declared requirement is absent',
  blocked: '`blocked`: a check that it needs is not good',
};

const codesOf = (layer: Layer): readonly ReasonCode[] => REASON_CODES.filter((one) => catalogue[one].layer === layer);

const entry = (reason: ReasonCode): readonly string[] => {
  const { title, meaning, advice, transient, outcome } = catalogue[reason];
  return [
    `### ${reason}`,
    `**${prose(title)}.** ${prose(meaning)}`,
    [
      `- Do: ${prose(advice)}`,
      `- Outcome: ${OUTCOMES[outcome]}`,
      `- Another look: ${transient ? 'can help, so `retry:` tries again' : 'cannot help'}`,
    ].join('\n'),
  ];
};

/** The reference of reason codes, by layer, each with an anchor of its own. */
export const makeReasonCodesPage = (): string => {
  const layers = LAYERS.filter((layer) => codesOf(layer).length > 0);
  return page([
    '# Reason codes',
    'The cause of anything but a pass, as a stable word for runbooks, waivers and machines. When several things are broken, the first layer in this order names the cause. `gonogo explain CODE` prints one of these.',
    'The outcome is what a broken `expect:` makes of the check. A broken `warn:` makes it a warn, whatever the code.',
    table(
      ['layer', 'reason codes'],
      layers.map((layer) => [
        `[${layer}](#${layer})`,
        codesOf(layer)
          .map((one) => `[${code(one)}](#${one})`)
          .join(', '),
      ]),
    ),
    ...layers.flatMap((layer) => [`## ${layer}`, ...codesOf(layer).flatMap(entry)]),
  ]);
};
