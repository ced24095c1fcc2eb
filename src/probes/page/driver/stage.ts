import type { Locator, Page } from 'playwright-core';
import type { PageReader } from './page-reader.ts';
import type { TimeLeft } from './time-left.ts';

/** What the steps of a visit work with, and what they leave behind. */
export type Stage = {
  readonly page: Page;
  readonly reader: PageReader;
  /** The URL of the check, which relative addresses start from. */
  readonly home: string;
  /** Until when all steps must be done. */
  readonly time: TimeLeft;
  /** Fields that were typed into, to be hidden in screenshots. */
  readonly filled: Locator[];
  /** What `read` has read, by name. */
  readonly values: Map<string, string>;
};
