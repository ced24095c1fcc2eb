/** The keys that every check may have, beside the one that names its kind. The schema says what each takes. */
export const COMMON_KEYS: readonly string[] = [
  'title',
  'component',
  'owner',
  'tags',
  'needs',
  'requires',
  'timeout',
  'retry',
  'eventually',
  'samples',
  'mutex',
  'expect',
  'warn',
  'runbook',
  'priority',
  'deadline',
];
