import type { ReasonCode } from '../../model/reason-code.ts';

/** The reason code that fits a status, should it not be the one that was expected. */
export const statusCode = (status: number): ReasonCode => {
  if (status === 401) return 'auth-required';
  if (status === 403) return 'auth-forbidden';
  if (status === 429) return 'rate-limited';
  if ([301, 302, 303, 307, 308].includes(status)) return 'redirect-unexpected';
  if (status >= 400 && status < 500) return 'http-4xx';
  return status >= 500 && status < 600 ? 'http-5xx' : 'http-status';
};
