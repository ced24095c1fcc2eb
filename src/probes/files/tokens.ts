import type { Recogniser, Recognisers } from './recogniser.ts';

/** Behind a token of word characters: what goes on is another word. */
const END = '(?![A-Za-z0-9_-])';
const START = '(?<![A-Za-z0-9_-])';

const token = (what: string, source: string): Recogniser => ({
  what,
  pattern: new RegExp(`${START}(?:${source})${END}`, 'g'),
});
const text = (what: string, pattern: RegExp): Recogniser => ({ what, pattern });

const all: readonly Recogniser[] = [
  text(
    'a private key',
    /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1[A-Z0-9]{20,}/g,
  ),
  token('an AWS access key', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}'),
  token('a GitHub token', 'gh[opsur]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}'),
  token('a GitLab token', 'gl(?:agent|cbt|dt|ft|imt|oas|pat|ptt|rt|soat)-[A-Za-z0-9_.-]{20,}'),
  token('a Slack token', 'xox[abceoprs]-[A-Za-z0-9-]{10,}|xapp-\\d-[A-Za-z0-9-]{10,}'),
  text('a Slack webhook', /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{20,}/g),
  text('a Discord webhook', /discord(?:app)?\.com\/api\/webhooks\/\d{15,}\/[\w-]{30,}/g),
  token('a Stripe key', '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,}'),
  token('a JSON Web Token', 'ey[A-Za-z0-9_-]{10,}\\.ey[A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]*'),
  token('a Google API key', 'AIza[A-Za-z0-9_-]{35}'),
  token('a Google OAuth token', 'ya29\\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,}'),
  token('an Anthropic key', 'sk-ant-[A-Za-z0-9_-]{20,}'),
  token(
    'an OpenAI key',
    'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}|sk-(?=[A-Za-z0-9]*\\d)(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]{32,}',
  ),
  token('a Langfuse key', 'sk-lf-[0-9a-f-]{30,}'),
  token('a Hugging Face token', 'hf_[A-Za-z0-9]{30,}'),
  token('an npm token', 'npm_[A-Za-z0-9]{36}'),
  token('a PyPI token', 'pypi-AgE[A-Za-z0-9_-]{16,}'),
  token('a Docker Hub token', 'dckr_pat_[A-Za-z0-9_-]{20,}'),
  token('a SendGrid key', 'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}'),
  token('a Twilio key', 'SK[0-9a-f]{32}'),
  token('a Mailgun key', 'key-[0-9a-f]{32}'),
  token('a DigitalOcean token', 'do[opr]_v1_[0-9a-f]{64}'),
  token('a Shopify token', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  token('a Square token', 'sq0(?:atp|csp)-[A-Za-z0-9_-]{22,}'),
  token('a Telegram bot token', '\\d{8,10}:AA[A-Za-z0-9_-]{33}'),
  token('a Linear key', 'lin_api_[A-Za-z0-9]{40}'),
  token('a Databricks token', 'dapi[0-9a-f]{32}(?:-\\d)?'),
  token('a Vault token', 'hv[bs]\\.[A-Za-z0-9_-]{24,}'),
  token('an Atlassian token', 'AT(?:ATT|CTT)3[A-Za-z0-9_=-]{20,}'),
  token('a Grafana token', 'glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_[A-Za-z0-9+/=]{32,}'),
  token('a New Relic key', 'NRAK-[A-Z0-9]{27}'),
  token('a Sentry token', 'sntry[su]_[A-Za-z0-9+/=_-]{40,}'),
  token('a Doppler token', 'dp\\.(?:audit|ct|pt|scim|st)\\.[A-Za-z0-9.]{40,}'),
  token('a Supabase token', 'sb[ps]_[0-9a-f]{40}|sb_secret_[A-Za-z0-9_-]{20,}'),
  token('a PlanetScale password', 'pscale_(?:oauth|pw|tkn)_[A-Za-z0-9_.-]{32,}'),
  token('a Notion token', 'ntn_[A-Za-z0-9]{40,}'),
  token('an Airtable token', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'),
];

/** Something that every one of them holds. */
const GLANCE =
  /-----BEGIN|PuTTY|AGE-SECRET|AKIA|ASIA|ABIA|ACCA|gh[opsur]_|github_pat|gl[a-z]{2,5}-|xox|xapp-|hooks\.slack|webhooks|[sr]k_(?:live|test)|whsec_|\.ey|AIza|ya29|GOCSPX|sk-|hf_|npm_|pypi-|dckr_|SG\.|SK[0-9a-f]{32}|key-|v1_|shp|sq0|:AA|lin_api|dapi|hv[bs]\.|AT[AC]TT3|gl(?:sa|c)_|NRAK|sntry|dp\.|sb[ps]_|sb_secret|pscale|ntn_|pat[A-Za-z0-9]{14}\./;

/**
 * Secrets that tell by their form what they are, as the services that issue them document it. Kept by hand: a new
 * form is a line here and one in the test.
 */
export const tokens: Recognisers = { glance: GLANCE, all };
