import type { FactTable } from '../../model/fact.ts';
import { familyFactTable } from './family-facts.ts';
import { pageMovesFactTable } from './html/refresh-signs.ts';

/** What is known of a connection, whichever kind made it. */
export const connectionFactTable: FactTable = {
  addresses: { type: 'list', description: 'every address that was tried, with the error of those that failed' },
  'remote-address': { type: 'string', description: 'address of the peer that answered' },
  proxy: { type: 'string', description: 'the proxy that was used, without credentials; absent when none was' },
  'dns.addresses': { type: 'list', description: 'addresses that the name resolved to, in order' },
  'dns.cname': { type: 'list', description: 'canonical names on the way to the addresses, in order' },
  'tls.protocol': { type: 'string', description: 'protocol version, as `TLSv1.3`', code: 'tls-protocol' },
  'tls.cipher': { type: 'string', description: 'cipher suite of the session' },
  'tls.verified': {
    type: 'boolean',
    description: 'whether the certificate is valid for the host',
    code: 'tls-untrusted',
  },
  'tls.cause': { type: 'string', description: 'why the certificate is not valid; absent when it is' },
  'tls.code': { type: 'string', description: 'reason code of `tls.cause`; absent when the certificate is valid' },
  'tls.subject': { type: 'string', description: 'subject of the certificate' },
  'tls.issuer': { type: 'string', description: 'issuer of the certificate' },
  'tls.sans': { type: 'list', description: 'names and addresses that the certificate is for' },
  'tls.valid-from': { type: 'time', description: 'start of validity' },
  'tls.valid-to': { type: 'time', description: 'end of validity', code: 'tls-expiring' },
  'tls.days-left': {
    type: 'number',
    description: 'whole days until the first certificate of the presented chain expires; negative when past',
    code: 'tls-expiring',
  },
  'tls.fingerprint': { type: 'string', description: 'SHA-256 of the certificate as lower-case hex' },
  'tls.chain': { type: 'list', description: 'subjects of the presented chain, leaf first' },
};

/** What a request over HTTP shows; `health` and its like add to it. */
export const httpFactTable: FactTable = {
  status: { type: 'status', description: 'HTTP status of the last answer; `2xx` and lists are understood' },
  'status-text': { type: 'string', description: 'reason phrase beside the status; often empty' },
  'http-version': { type: 'string', description: '`1.0`, `1.1` or `2`' },
  'headers.*': {
    type: 'string',
    description: 'a response header by its lower-case name; repeated ones joined by a comma, cookie values masked',
  },
  body: { type: 'string', description: 'the whole body as text; absent when it does not decode' },
  'body-problem': { type: 'string', description: 'why the body is not text: the charset and the first bad byte' },
  'json-problem': {
    type: 'string',
    description: 'why a body that begins like JSON is none that can be judged; absent when it is',
    code: 'not-json',
  },
  'numbers-as-text': {
    type: 'list',
    description:
      'paths in `json` where a whole number beyond 2^53 stands as the text of its digits; absent without any',
  },
  json: { type: 'json', description: 'the body as JSON; absent when the whole of it is not JSON' },
  $: { type: 'json', description: 'a JSONPath (RFC 9535) over `json`, as `$.status` or `$.items[*].id`' },
  size: { type: 'bytes', description: 'length of the decoded body' },
  'wire-size': { type: 'bytes', description: 'length of the body as it travelled, before decoding' },
  'extra-bytes': {
    type: 'bytes',
    description: 'bytes that came after the response had ended: a fault of the server',
    code: 'invalid-response',
  },
  duration: { type: 'duration', description: 'from start to end of the look, redirects included', code: 'slow' },
  'timings.*': {
    type: 'duration',
    description: '`dns connect tls request wait transfer other total`, summed over redirects; absent when not reached',
    code: 'slow',
  },
  redirects: { type: 'number', description: 'redirects that were followed', code: 'redirect-unexpected' },
  chain: { type: 'list', description: 'every hop with method, url, status, location, address, tls and timings' },
  'chain-text': { type: 'string', description: 'the hops on one line, repeats folded' },
  loop: { type: 'string', description: 'the redirect loop on one line with its kind; absent when there is none' },
  'final-url': {
    type: 'string',
    description: 'URL of the last hop, secrets masked',
    code: 'redirect-unexpected-target',
  },
  withheld: {
    type: 'list',
    description: 'what was not sent on to another origin: names of headers, `body`, `cookies`, `userinfo`',
  },
  ...pageMovesFactTable,
  ...familyFactTable,
  ...connectionFactTable,
};
