import type { ConsoleMessage, Page } from 'playwright-core';
import { compilePattern } from '../../../matchers/pattern.ts';
import type { JsonObject } from '../../../model/json.ts';
import { printable } from '../../engine/printable.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import type { Quota } from './quota.ts';
import { newTally } from './tally.ts';

const LONGEST = 500;
const MOST_MESSAGES = 5000;
const MOST_ERRORS = 1000;

/** Whether one of the patterns is found in a text. */
export const anyOf = (patterns: readonly string[] = []): ((text: string) => boolean) => {
  const compiled = patterns.map(compilePattern).filter((pattern) => typeof pattern !== 'string');
  return (text) => compiled.some((pattern) => pattern.test(text));
};

const placed = (text: string, url: string, line: number, column: number): string => {
  const where = url === '' ? '' : ` (${shownReference(url)}:${line}:${column})`;
  return `${printable(text, LONGEST)}${where}`;
};

/** What the browser itself writes about requests and CSP, which are watched apart; scripts always pass arguments. */
const isWatchedApart = (message: ConsoleMessage): boolean =>
  message.args().length === 0 &&
  (message.text().startsWith('Failed to load resource:') || message.text().includes('Content Security Policy'));

const isError = (message: ConsoleMessage): boolean => message.type() === 'error' || message.type() === 'assert';

/** The message of an error, and the first place in its stack that is in a script of the page. */
const errorText = (error: Error): string => {
  const [, place = ''] = /\n\s+at (?:.*\()?([a-z]+:\/\/[^\s)]+)\)?/i.exec((error.stack ?? '').slice(0, 20_000)) ?? [];
  const name = error.name === '' ? 'Error' : error.name;
  return `${printable(`${name}: ${error.message}`, LONGEST)}${place === '' ? '' : ` (${shownReference(place)})`}`;
};

type Allowed = { readonly console: readonly string[] | undefined; readonly errors: readonly string[] | undefined };

/** Watches what a page writes to the console and the errors that nobody catches. */
export const watchConsole = (page: Page, quota: Quota, allowed: Allowed): (() => JsonObject) => {
  const written = newTally();
  const thrown = newTally();
  const left = newTally();
  const isAllowed = { console: anyOf(allowed.console), error: anyOf(allowed.errors) };
  const countMessage = quota('messages on the console', MOST_MESSAGES);
  const countError = quota('errors that nobody caught', MOST_ERRORS);
  page.on('console', (message) => {
    countMessage();
    if (!isError(message) || isWatchedApart(message)) return;
    const { url, line, column } = message.location();
    const text = placed(message.text(), url, line + 1, column + 1);
    (isAllowed.console(text) ? left : written).add(text);
  });
  page.on('pageerror', (error) => {
    countError();
    const text = errorText(error);
    (isAllowed.error(text) ? left : thrown).add(text);
  });
  return () => ({
    'console-errors': written.kept(),
    'page-errors': thrown.kept(),
    counts: { 'console-errors': written.count(), 'page-errors': thrown.count(), allowed: left.count() },
  });
};
