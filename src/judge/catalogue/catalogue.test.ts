import { describe, expect, it } from 'vitest';
import { REASON_CODES } from '../../model/reason-code.ts';
import { LAYERS } from '../../model/layer.ts';
import { catalogue } from '../catalogue.ts';

/** By layer, outermost first, and by outcome. */
const TABLE = `
dns fail: dns-nxdomain dns-no-records dns-servfail dns-refused dns-timeout dns-cname-loop dns-mismatch
tcp fail: connect-refused connect-timeout connect-reset connect-unreachable port-open
tls fail: tls-expired tls-not-yet-valid tls-wrong-host tls-self-signed tls-untrusted tls-incomplete-chain tls-expiring tls-protocol tls-handshake
tls unknown: tls-client-certificate
redirect fail: redirect-loop redirect-limit redirect-missing-location redirect-bad-location redirect-bad-scheme redirect-downgrade redirect-private redirect-unexpected-target redirect-unexpected
http fail: http-4xx http-5xx http-status timeout closed-early header-limit body-limit decode-error invalid-response interim-flood
http unknown: rate-limited proxy-error
protocol fail: wrong-content-type mcp-protocol mcp-version mcp-handshake mcp-server-exit mcp-stdout-noise
auth unknown: auth-required auth-forbidden sql-auth
tool-list fail: mcp-pagination tool-missing
schema fail: schema-violation table-missing table-present column-missing rls-disabled policy-missing
content fail: health-fail health-warn health-contradiction component-contradiction component-missing health-unrecognised tool-error index-missing index-empty index-degraded assertion-failed type-mismatch value-missing not-json invalid-utf8 wrong-site stream-closed rate-limit-absent retry-after-missing query-failed file-missing file-present file-mode file-invalid exit-code signal artifact-missing variable-missing variable-invalid page-error page-csp page-request-failed
content unknown: input-required file-unreadable
freshness fail: health-stale index-stale stream-gap file-stale heartbeat-missed
quality fail: index-regressed golden-miss uptime-low slow
run unknown: command-missing browser-missing deadline-exceeded cancelled nothing-asserted control-failed probe-crashed not-run sign-off-missing sign-off-expired sign-off-lapsed decision-open quorum-missing
run skipped: missing-credential
run blocked: needs-failed
`;

describe('the catalogue', () => {
  it.each(REASON_CODES)('explains %s in sentences of its own', (code) => {
    const { title, meaning, advice } = catalogue[code];
    expect(title).toMatch(/^[A-Z].{8,59}$/);
    expect(title).not.toMatch(/\.$/);
    for (const text of [meaning, advice]) expect(text).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('has no text twice', () => {
    const texts = REASON_CODES.flatMap((code) => [catalogue[code].title, catalogue[code].meaning]);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('says of each code which layer it breaks, and what it makes of a check', () => {
    const rows = LAYERS.flatMap((layer) =>
      (['fail', 'unknown', 'skipped', 'blocked'] as const).map((outcome) => {
        const codes = REASON_CODES.filter(
          (code) => catalogue[code].layer === layer && catalogue[code].outcome === outcome,
        );
        return `${layer} ${outcome}: ${codes.join(' ')}`;
      }),
    );
    expect(rows.filter((row) => !row.endsWith(': '))).toEqual(TABLE.trim().split('\n'));
  });

  it('takes nothing that only tells of this run, or of what we may not see, for a failure', () => {
    const failures = REASON_CODES.filter((code) => catalogue[code].outcome === 'fail');
    expect(failures.filter((code) => ['run', 'auth'].includes(catalogue[code].layer))).toEqual([]);
  });

  it('retries only what can pass by itself', () => {
    expect(REASON_CODES.filter((code) => catalogue[code].transient)).toEqual([
      'dns-servfail',
      'dns-timeout',
      'connect-timeout',
      'connect-reset',
      'http-5xx',
      'timeout',
      'closed-early',
      'rate-limited',
    ]);
  });
});
