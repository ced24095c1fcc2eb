/** What `forbid` of a `files` check can name. */
export const SENSITIVE_KINDS = ['secrets', 'email-addresses', 'phone-numbers', 'card-numbers', 'ibans'] as const;

export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];
