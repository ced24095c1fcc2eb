import type { Dialog, Page } from 'playwright-core';
import type { JsonObject } from '../../../model/json.ts';
import { printable } from '../../engine/printable.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { CouldNotLook } from '../../probe.ts';
import type { EndVisit, Quota } from './quota.ts';
import { newTally } from './tally.ts';

const MOST_DIALOGS = 50;
const MOST_WINDOWS = 20;
const MOST_DOWNLOADS = 20;
const MOST_FRAMES = 500;

/** A page may not keep us by asking whether we are sure: `beforeunload` is always accepted. */
const answer = (dialog: Dialog, accept: boolean): Promise<void> =>
  accept || dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss();

/** Watches what leads out of the page: dialogs, other windows, downloads, and the end of the page itself. */
export const watchWindows = (page: Page, quota: Quota, end: EndVisit, accept: boolean): (() => JsonObject) => {
  const [dialogs, popups, downloads] = [newTally(), newTally(), newTally()];
  const countDialog = quota('dialogs', MOST_DIALOGS);
  const countWindow = quota('windows', MOST_WINDOWS);
  const countDownload = quota('downloads', MOST_DOWNLOADS);
  const countFrame = quota('frames', MOST_FRAMES);
  page.on('dialog', (dialog) => {
    countDialog();
    dialogs.add(`${dialog.type()}: ${printable(dialog.message(), 200)}`);
    answer(dialog, accept).catch(() => {});
  });
  page.context().on('page', (popup) => {
    countWindow();
    popups.add(shownReference(popup.url()));
    popup.close().catch(() => {});
  });
  page.on('download', (download) => {
    countDownload();
    downloads.add(shownReference(download.url()));
  });
  page.on('frameattached', countFrame);
  page.on('crash', () =>
    end(new CouldNotLook('page-error', 'the page crashed: its process ended, as by lack of memory')),
  );
  page.on('close', () => end(new CouldNotLook('page-error', 'the page closed itself')));
  return () => ({ dialogs: dialogs.kept(), popups: popups.kept(), downloads: downloads.kept() });
};
