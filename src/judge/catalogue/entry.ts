import type { Layer } from '../../model/layer.ts';

/** What is known of a reason code: for `gonogo explain`, the reference, retries and the outcome of a check. */
export type CatalogueEntry = {
  /** At most 60 characters. */
  readonly title: string;
  /** What was seen. */
  readonly meaning: string;
  /** What to do first. */
  readonly advice: string;
  readonly layer: Layer;
  /** Whether it can pass by itself, so that another attempt is worth it. */
  readonly transient: boolean;
  /** What it makes of a check when it breaks an `expect`. */
  readonly outcome: 'fail' | 'unknown' | 'skipped' | 'blocked';
};

type Text = Pick<CatalogueEntry, 'title' | 'meaning' | 'advice'>;

/** Entries of one layer: seen to be wrong, wrong but may pass by itself, and not to be told from here. */
export const at = (layer: Layer) => ({
  wrong: (text: Text): CatalogueEntry => ({ ...text, layer, transient: false, outcome: 'fail' }),
  passing: (text: Text): CatalogueEntry => ({ ...text, layer, transient: true, outcome: 'fail' }),
  untold: (text: Text): CatalogueEntry => ({ ...text, layer, transient: false, outcome: 'unknown' }),
});
