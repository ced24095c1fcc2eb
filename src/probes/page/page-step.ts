import type { Clause } from '../../matchers/matcher.ts';
import type { ElementLocator } from './read-locator.ts';

/** The states of a page that can be waited for, by the name in the YAML. */
export const PAGE_STATES = ['load', 'dom-content-loaded', 'network-idle'] as const;
export type PageState = (typeof PAGE_STATES)[number];

export const isPageState = (text: string): text is PageState => PAGE_STATES.some((state) => state === text);

/** What can be waited for of an element. */
export const ELEMENT_STATES = ['visible', 'hidden', 'attached', 'detached'] as const;
export type ElementState = (typeof ELEMENT_STATES)[number];

/** What can be asked of an element with yes or no. */
export const ASKED_STATES = ['visible', 'hidden', 'enabled', 'disabled', 'checked', 'unchecked'] as const;
export type AskedState = (typeof ASKED_STATES)[number];

/** What can be asked with matchers. */
export const ASKED_VALUES = ['url', 'title', 'text', 'value', 'count'] as const;
export type AskedValue = (typeof ASKED_VALUES)[number];

/** A value of the page (`of` null) or of an element, and clauses that must all hold. */
export type ValueExpectation = {
  readonly value: AskedValue;
  readonly of: ElementLocator | null;
  readonly clauses: readonly Clause[];
};

export type StateExpectation = { readonly state: AskedState; readonly of: ElementLocator };

/** The actions that need nothing but an element. */
export type ElementAction = 'click' | 'check' | 'uncheck' | 'hover';

/** What one step does. */
export type PageAction =
  | { readonly action: 'goto'; readonly url: string }
  | { readonly action: ElementAction; readonly element: ElementLocator }
  | { readonly action: 'fill'; readonly element: ElementLocator; readonly value: string }
  | { readonly action: 'select'; readonly element: ElementLocator; readonly options: readonly string[] }
  | { readonly action: 'press'; readonly element: ElementLocator | null; readonly key: string }
  | { readonly action: 'wait-for'; readonly state: PageState }
  | { readonly action: 'wait-for-element'; readonly element: ElementLocator; readonly state: ElementState }
  | {
      readonly action: 'expect';
      readonly values: readonly ValueExpectation[];
      readonly states: readonly StateExpectation[];
    }
  | { readonly action: 'read'; readonly wanted: readonly (readonly [name: string, element: ElementLocator])[] };

/** A step as it was read: what it does, and how long it may take. */
export type PageStep = PageAction & { readonly withinMs: number };
