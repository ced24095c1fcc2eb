import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { ElementLocator } from '../read-locator.ts';
import { isRole } from '../roles.ts';

type Scope = Page | FrameLocator | Locator;

const byWay = (scope: Scope, { way, value, name, exact }: ElementLocator): Locator => {
  switch (way) {
    case 'role':
      return isRole(value) ? scope.getByRole(value, name === null ? {} : { name, exact }) : scope.locator(value);
    case 'text':
      return scope.getByText(value, { exact });
    case 'label':
      return scope.getByLabel(value, { exact });
    case 'placeholder':
      return scope.getByPlaceholder(value, { exact });
    case 'test-id':
      return scope.getByTestId(value);
    case 'alt':
      return scope.getByAltText(value, { exact });
    case 'title':
      return scope.getByTitle(value, { exact });
    case 'selector':
      return scope.locator(value);
  }
};

const inScope = (scope: Scope, locator: ElementLocator): Locator => {
  const { inside, nth, hasText } = locator;
  const all = byWay(inside === null ? scope : inScope(scope, inside), locator);
  const some = hasText === null ? all : all.filter({ hasText });
  if (nth === null) return some;
  return nth === -1 ? some.last() : some.nth(nth - 1);
};

/** The element that a locator means; whether it is there, and only once, shows when it is used. */
export const locate = (page: Page, locator: ElementLocator): Locator =>
  inScope(locator.frame === null ? page : page.frameLocator(locator.frame), locator);
