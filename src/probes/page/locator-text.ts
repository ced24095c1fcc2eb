import type { ElementLocator } from './read-locator.ts';

const quoted = (text: string): string => JSON.stringify(text);

const named = ({ way, value, name }: ElementLocator): string => {
  if (way === 'selector') return quoted(value);
  if (way === 'role') return name === null ? `role=${value}` : `role=${value} ${quoted(name)}`;
  return `${way}=${quoted(value)}`;
};

/** An element on one line, for steps and messages: `role=button "Sign in" inside "#dialog"`. */
export const locatorText = (locator: ElementLocator): string => {
  const { hasText, nth, inside, frame } = locator;
  return [
    named(locator),
    ...(hasText === null ? [] : [`with ${quoted(hasText)}`]),
    ...(nth === null ? [] : [nth === -1 ? '(the last)' : `(number ${nth})`]),
    ...(inside === null ? [] : [`inside ${locatorText(inside)}`]),
    ...(frame === null ? [] : [`in frame ${quoted(frame)}`]),
  ].join(' ');
};
