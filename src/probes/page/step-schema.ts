import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;

/** What is left open here is read, and refused where it is wrong, by `read-step.ts`: one reader for all places. */
const mapping = Type.Record(Type.String(), Type.Unknown());
const selector = Type.String({ minLength: 1, title: 'a selector of Playwright' });
const element = (description: string) => Type.Optional(Type.Union([selector, mapping], { description }));
const expected = (description: string) => Type.Optional(Type.Union([Type.String(), mapping], { description }));
const open = (description: string) => Type.Optional({ ...mapping, description });

const StepExpect = Type.Object(
  {
    url: expected('address of the page, which may be relative, or matchers'),
    title: expected('title of the page: the whole of it, or matchers'),
    text: expected('a text that the page shows, or matchers; with `of`, the text of one element'),
    value: open('what a field holds: `of` names the field, matchers the value'),
    count: open('how many elements there are: `of` and matchers'),
    visible: element('an element that can be seen'),
    hidden: element('an element that is not there or cannot be seen'),
    enabled: element('an element that can be used'),
    disabled: element('an element that cannot be used'),
    checked: element('a box that is ticked'),
    unchecked: element('a box that is not ticked'),
  },
  { ...closed, minProperties: 1, description: 'what must become true, all of it at the same time' },
);

/** One step of a visit: exactly one action, and how long it may take. */
export const Step = Type.Object(
  {
    goto: Type.Optional(Type.String({ minLength: 1, description: 'goes to an address, which may be relative' })),
    click: element(
      'clicks an element: a selector, or one of role (with name), text, label, placeholder, test-id, alt, title and selector, with exact, has-text, nth, inside and frame beside it',
    ),
    fill: open('empties a field and types `value` into it; the value is never shown'),
    select: open('chooses `option` in a list, by label or value; several as a list'),
    press: expected('presses a key, as `Enter`; in an element, with the key under `key`'),
    check: element('ticks a box'),
    uncheck: element('takes the tick out of a box'),
    hover: element('moves the pointer over an element'),
    'wait-for': expected(
      'waits for an element, with `state` for visible (default), hidden, attached or detached; or for a state of the page',
    ),
    expect: Type.Optional(StepExpect),
    read: open('keeps the text of elements, or what a field holds, as facts `values.NAME`, by name'),
    within: Type.Optional(
      Type.String({ pattern: '^[0-9]+(\\.[0-9]+)? ?(ms|s|m)$', description: 'how long the step may take; default 5s' }),
    ),
  },
  { ...closed, description: 'one action, and `within` if it takes longer' },
);
export type Step = Static<typeof Step>;
