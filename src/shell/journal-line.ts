import type { RunEvent } from '../execute/event.ts';

/**
 * Whether a parsed line is an event of a run. A journal is read back to be judged, so what judging relies on is checked:
 * an attempt without an outcome of each expectation, or a plan without its checks, is no event.
 */
export const isRunEvent = (value: unknown): value is RunEvent => {
  if (!isRecord(value) || typeof value['at'] !== 'string') return false;
  switch (value['type']) {
    case 'run-started':
      return value['schemaVersion'] === 1 && isText(value['runId']) && isTool(value['tool']) && isPlan(value['plan']);
    case 'check-started':
    case 'check-finished':
      return isText(value['id']);
    case 'attempt':
      return isText(value['id']) && isAttempt(value['attempt']);
    case 'step-bound':
      return isText(value['id']) && isText(value['target']);
    case 'step-left-out':
      return isText(value['id']) && isText(value['message']);
    case 'check-not-run':
      return isText(value['id']) && isText(value['code']) && isText(value['message']);
    case 'history-read':
      return isRecord(value['since']) && Object.values(value['since']).every(isText);
    case 'run-finished':
      return typeof value['durationMs'] === 'number' && isInterruption(value['interruptedBy']);
    default:
      return false;
  }
};

type Fields = { readonly [key: string]: unknown };

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

const isListOf = (value: unknown, holds: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(holds);

const isTool = (value: unknown): boolean => isRecord(value) && isText(value['name']) && isText(value['version']);

const isInterruption = (value: unknown): boolean =>
  value === null || value === 'SIGINT' || value === 'SIGTERM' || value === 'deadline';

const isPlan = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value['name']) &&
  isListOf(value['checks'], isCheck) &&
  isListOf(value['gates'], isGate) &&
  isListOf(value['scenarios'], isScenario) &&
  isListOf(value['manual'], isManual) &&
  isListOf(value['waivers'], isWaiver) &&
  isListOf(value['items'], isWork) &&
  isListOf(value['risks'], (one) => isRecord(one) && isText(one['id']) && isListOf(one['checks'], isText)) &&
  isListOf(value['controls'], isText) &&
  isListOf(value['order'], isText) &&
  isRecord(value['serviceLevels']) &&
  typeof value['waiverHorizonMs'] === 'number' &&
  isListOf(value['notSelected'], (left) => isRecord(left) && isText(left['id'])) &&
  ['owners', 'components', 'sections'].every((key) => isRecord(value[key]));

const isScenario = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value['id']) &&
  ['tags', 'needs', 'missing'].every((key) => isListOf(value[key], isText)) &&
  ['steps', 'cleanup'].every((key) =>
    isListOf(value[key], (step) => isRecord(step) && isText(step['name']) && isCheck(step['check'])),
  );

const isManual = (value: unknown): boolean =>
  isRecord(value) &&
  ['id', 'title', 'digest'].every((key) => isText(value[key])) &&
  isListOf(value['tags'], isText) &&
  isListOf(value['signOffs'], isSignOff);

const isSignOff = (value: unknown): boolean =>
  isRecord(value) &&
  ['item', 'by', 'at', 'definition'].every((key) => isText(value[key])) &&
  typeof value['revoked'] === 'boolean' &&
  typeof value['sameItem'] === 'boolean';

const isWaiver = (value: unknown): boolean =>
  isRecord(value) &&
  ['check', 'reasonCode', 'reason', 'owner', 'approvedBy', 'expires'].every((key) => isText(value[key]));

const isWork = (value: unknown): boolean =>
  isRecord(value) && isText(value['id']) && ['blockedBy', 'accept'].every((key) => isListOf(value[key], isText));

const isCheck = (value: unknown): boolean =>
  isRecord(value) &&
  ['id', 'title', 'kind', 'target'].every((key) => isText(value[key])) &&
  ['tags', 'needs', 'missing', 'layers'].every((key) => isListOf(value[key], isText)) &&
  isListOf(value['expectations'], isExpectation) &&
  ['source', 'sections', 'retry'].every((key) => isRecord(value[key]));

const isGate = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value['id']) &&
  isListOf(value['needs'], isText) &&
  isListOf(value['criteria'], (one) => isRecord(one) && isText(one['id']) && isText(one['tier']));

const isExpectation = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value['fact']) &&
  isText(value['matcher']) &&
  (value['level'] === 'expect' || value['level'] === 'warn');

const isAttempt = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['number'] === 'number' &&
  isText(value['startedAt']) &&
  typeof value['durationMs'] === 'number' &&
  isObservation(value['observation']) &&
  isListOf(value['results'], isResult);

const isResult = (value: unknown): boolean =>
  isExpectation(value) && isRecord(value) && typeof value['held'] === 'boolean' && isText(value['explanation']);

const isObservation = (value: unknown): boolean =>
  isRecord(value) &&
  isRecord(value['facts']) &&
  isListOf(value['signs'], (sign) => isRecord(sign) && isText(sign['code']) && isText(sign['fact'])) &&
  (value['state'] === 'observed' ||
    (value['state'] === 'unobserved' && isText(value['code']) && isText(value['message'])));
