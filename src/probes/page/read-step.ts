import { parseDuration } from '../../matchers/units.ts';
import { urlProblem } from '../http/problems.ts';
import { ELEMENT_STATES, type ElementAction, isPageState, type PageAction, type PageStep } from './page-step.ts';
import { isMapping, textUnder, under, type Problems, type Written } from './problem-list.ts';
import { readExpect } from './read-expect.ts';
import { namesElement, readLocator } from './read-locator.ts';
import type { Step } from './step-schema.ts';

const DEFAULT_MS = 5000;

const ACTIONS = [
  'goto',
  'click',
  'fill',
  'select',
  'press',
  'check',
  'uncheck',
  'hover',
  'wait-for',
  'expect',
  'read',
] as const;
type Action = (typeof ACTIONS)[number];

type Read = (written: unknown, home: string, problems: Problems) => PageAction | null;

const readGoto: Read = (written, home, problems) => {
  const url = typeof written === 'string' ? (URL.parse(written, home)?.href ?? written) : '';
  const problem = urlProblem(url);
  if (problem !== null) problems.push({ path: [], message: problem });
  return { action: 'goto', url };
};

const readFill: Read = (written, _home, problems) => {
  const element = readLocator(written, problems, ['value']);
  const value = isMapping(written) ? written['value'] : undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return element === null ? null : { action: 'fill', element, value: String(value) };
  }
  problems.push({ path: [], message: 'has no value: expected what to type' });
  return null;
};

const readSelect: Read = (written, _home, problems) => {
  const element = readLocator(written, problems, ['option']);
  const option = isMapping(written) ? written['option'] : undefined;
  const options = [option].flat().filter((one) => typeof one === 'string');
  if (options.length === 0 || options.length !== [option].flat().length) {
    problems.push({ path: [], message: 'has no option: expected the label or value of one, or a list of them' });
  }
  return element === null ? null : { action: 'select', element, options };
};

const readPress: Read = (written, _home, problems) => {
  if (typeof written === 'string') return { action: 'press', element: null, key: written };
  const mapping: Written = isMapping(written) ? written : {};
  const key = textUnder(mapping, 'key', problems);
  const isNamed = namesElement(mapping) || Object.keys(mapping).some((one) => one !== 'key');
  const element = isNamed ? readLocator(mapping, problems, ['key']) : null;
  if (key !== null) return { action: 'press', element, key };
  problems.push({ path: [], message: 'has no key, as Enter' });
  return null;
};

const readWaitFor: Read = (written, _home, problems) => {
  if (typeof written === 'string' && isPageState(written)) return { action: 'wait-for', state: written };
  const element = readLocator(written, problems, ['state']);
  const wanted = isMapping(written) ? (written['state'] ?? 'visible') : 'visible';
  const state = ELEMENT_STATES.find((one) => one === wanted);
  if (state === undefined) problems.push({ path: ['state'], message: `is not one of ${ELEMENT_STATES.join(', ')}` });
  return element === null || state === undefined ? null : { action: 'wait-for-element', element, state };
};

const NAME = /^[a-z][a-z0-9-]*$/;

const readRead: Read = (written, _home, problems) => {
  const wanted = Object.entries(isMapping(written) ? written : {}).flatMap(([name, one]) => {
    const element = under(name, problems, (found) => {
      if (!NAME.test(name)) found.push({ path: [], message: 'is not a name of lower-case letters, digits and "-"' });
      return readLocator(one, found);
    });
    return element === null ? [] : [[name, element] as const];
  });
  if (wanted.length === 0 && problems.length === 0) problems.push({ path: [], message: 'reads nothing' });
  return { action: 'read', wanted };
};

const elementReader =
  (action: ElementAction): Read =>
  (written, _home, problems) => {
    const element = readLocator(written, problems);
    return element === null ? null : { action, element };
  };

const READ: { readonly [Name in Action]: Read } = {
  goto: readGoto,
  click: elementReader('click'),
  fill: readFill,
  select: readSelect,
  press: readPress,
  check: elementReader('check'),
  uncheck: elementReader('uncheck'),
  hover: elementReader('hover'),
  'wait-for': readWaitFor,
  expect: (written, home, problems) => readExpect(isMapping(written) ? written : {}, home, problems),
  read: readRead,
};

/** Reads a step, whose relative addresses start from `home`. Null, or incomplete, only when problems were added. */
export const readStep = (step: Step, home: string, problems: Problems): PageStep | null => {
  const [action, second] = ACTIONS.filter((one) => step[one] !== undefined);
  if (action === undefined) {
    problems.push({ path: [], message: `does nothing: expected one of ${ACTIONS.join(', ')}` });
    return null;
  }
  if (second !== undefined) {
    problems.push({ path: [second], message: `is a second action beside ${action}: write it as a step of its own` });
    return null;
  }
  const read = under(action, problems, (found) => READ[action](step[action], home, found));
  const withinMs = step.within === undefined ? DEFAULT_MS : (parseDuration(step.within) ?? DEFAULT_MS);
  return read === null ? null : { ...read, withinMs };
};
