import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import type { Spec } from './schema.ts';
import { readCookies, type BrowserCookie } from './session-cookies.ts';

/** The names of the files that a visit leaves in its folder. */
export const SCREENSHOT = 'screenshot.png';
export const TRACE = 'trace.zip';

/** A proxy as Playwright wants it. */
export type BrowserProxy = {
  readonly server: string;
  readonly bypass: string;
  readonly username?: string;
  readonly password?: string;
};

/**
 * What the driver, the process that holds the browser, is told: one line of JSON on its standard input, because what
 * stands in arguments and variables can be read by others.
 */
export type Order = {
  readonly spec: Spec;
  /** Path of the browser. */
  readonly executable: string;
  /** Root cannot have the sandbox of Chromium. */
  readonly sandbox: boolean;
  /** Absolute path of the folder that is removed after the visit; the evidence is left in it. */
  readonly folder: string;
  /** Milliseconds from the start of the driver in which the browser must have started. */
  readonly startMs: number;
  /** Milliseconds from then on in which the page must be there and all steps done. */
  readonly pageMs: number;
  /** Milliseconds after that for evidence. */
  readonly reserveMs: number;
  readonly proxy: BrowserProxy | null;
  /** Absolute path of a storage state of Playwright. */
  readonly storageState: string | null;
  /** Whether to take a screenshot although nothing is wrong that the visit itself can tell. */
  readonly alwaysScreenshot: boolean;
  /** Whether more must be hidden in a screenshot than fields that hold passwords: the spec holds a secret. */
  readonly hasSecrets: boolean;
  readonly trace: boolean;
  /** The cookies that earlier steps of the scenario left for this page; null for a check, which has none and leaves none. */
  readonly cookies: readonly BrowserCookie[] | null;
};

/**
 * How a visit ended. `shown` is what could be read on the screenshot, to be searched for secrets, and `cookies` what the
 * browser holds for the steps after this one, null when that is not known: neither is kept.
 */
export type VisitEnd = {
  readonly facts: Facts;
  readonly shown: string;
  readonly cookies: readonly BrowserCookie[] | null;
  readonly failure: { readonly code: ReasonCode; readonly message: string } | null;
};

/** What the driver says, a line of JSON each. */
export type Told =
  | { readonly told: 'started'; readonly pid: number }
  | { readonly told: 'progress'; readonly text: string }
  | { readonly told: 'end'; readonly end: VisitEnd };

const reasonCode = (text: Json | undefined): ReasonCode | null => REASON_CODES.find((code) => code === text) ?? null;

const readEnd = (value: Json | undefined): VisitEnd | null => {
  if (!isJsonObject(value) || !isJsonObject(value['facts']) || typeof value['shown'] !== 'string') return null;
  const { facts, shown, failure } = value;
  const cookies = Array.isArray(value['cookies']) ? readCookies(value['cookies']) : null;
  if (!isJsonObject(failure)) return { facts, shown, cookies, failure: null };
  const code = reasonCode(failure['code']);
  const message = failure['message'];
  return code === null || typeof message !== 'string' ? null : { facts, shown, cookies, failure: { code, message } };
};

/** Reads a line of the driver; null for one that is none. */
export const readTold = (line: string): Told | null => {
  const value = parsed(line);
  if (!isJsonObject(value)) return null;
  const { told, pid, text } = value;
  if (told === 'started') return typeof pid === 'number' ? { told, pid } : null;
  if (told === 'progress') return typeof text === 'string' ? { told, text } : null;
  const end = told === 'end' ? readEnd(value['end']) : null;
  return end === null ? null : { told: 'end', end };
};

const parsed = (line: string): Json => {
  try {
    const value: Json = JSON.parse(line);
    return value;
  } catch {
    return null;
  }
};
