import { at } from './entry.ts';

const redirect = at('redirect');
const exchange = at('http');
const auth = at('auth');

/** Reason codes of redirects, of the exchange over HTTP and of access. */
export const http = {
  'redirect-loop': redirect.wrong({
    title: 'Redirects run in a circle',
    meaning: 'A redirect leads back to an address that was already asked, with nothing changed in between.',
    advice:
      'Read the chain hop by hop: most often a proxy ends TLS while the application still redirects http to https.',
  }),
  'redirect-limit': redirect.wrong({
    title: 'Too many redirects',
    meaning: 'The chain of redirects is longer than the check allows, without an address coming twice.',
    advice: 'Look at the last hops: an address that grows with every hop is wrapped again and again.',
  }),
  'redirect-missing-location': redirect.wrong({
    title: 'A redirect leads nowhere',
    meaning: 'The server answered with a redirect that has no Location.',
    advice: 'Look for the rule in the server or proxy that answers with this status, and give it a target.',
  }),
  'redirect-bad-location': redirect.wrong({
    title: 'A redirect has an unusable target',
    meaning: 'The Location of a redirect is not an address that can be asked.',
    advice: 'Look at the rule that builds the Location; a variable in it is probably empty.',
  }),
  'redirect-bad-scheme': redirect.wrong({
    title: 'A redirect leaves HTTP',
    meaning: 'The Location of a redirect has a scheme other than http and https.',
    advice: 'Look at the rule that builds the Location, and whether the site was tampered with.',
  }),
  'redirect-downgrade': redirect.wrong({
    title: 'A redirect leads from https to http',
    meaning: 'A page asked over TLS sends its visitors to an address without it.',
    advice: 'Tell the application that it is behind TLS (X-Forwarded-Proto), or correct its public address.',
  }),
  'redirect-private': redirect.wrong({
    title: 'A redirect leads into a private network',
    meaning: 'A public address redirects to one that only exists inside a network.',
    advice: 'Correct the public address of the application; visitors cannot follow it, and it tells what is inside.',
  }),
  'redirect-unexpected-target': redirect.wrong({
    title: 'The redirects end at another address',
    meaning: 'The chain of redirects ends, but not where the check says that it must.',
    advice: 'Compare the chain with the intended address: www or not, trailing slash, language, login page.',
  }),
  'redirect-unexpected': redirect.wrong({
    title: 'A redirect where an answer was expected',
    meaning:
      'The server redirects, and the check does not follow redirects: a login page that answers 200 is no proof.',
    advice: 'Check the address itself, or write follow: true together with where it must end.',
  }),
  'http-4xx': exchange.wrong({
    title: 'The server rejects the request',
    meaning: 'The server answered with a status from 400 to 499: for it, the fault is in the request.',
    advice: 'Compare method and path with what the service offers today; a 404 after a deploy is often a moved route.',
  }),
  'http-5xx': exchange.passing({
    title: 'The server failed',
    meaning: 'The server answered with a status from 500 to 599: it, or something behind it, is broken.',
    advice:
      'Read the log of the service at that second; for 502 to 504 look whether the process behind the proxy runs.',
  }),
  'http-status': exchange.wrong({
    title: 'Another status than expected',
    meaning: 'The server answered, with a status that the check does not accept.',
    advice: 'Look at what answers here: the status is neither an error nor the one that was agreed.',
  }),
  timeout: exchange.passing({
    title: 'No answer in time',
    meaning: 'What was asked for was not complete when the time of the attempt was over; the message names the phase.',
    advice: 'Look at the load of what is asked and at what it waits for; a hanging database connection is the classic.',
  }),
  'closed-early': exchange.passing({
    title: 'The connection ended before the answer did',
    meaning: 'The server closed the connection in the middle of its answer.',
    advice: 'Read the log of the service and of the proxy before it: a crash, a memory limit or a timeout.',
  }),
  'header-limit': exchange.wrong({
    title: 'The headers are too large',
    meaning: 'The head of the answer is larger than the limit.',
    advice: 'Look which header grows: cookies that pile up are the usual cause.',
  }),
  'body-limit': exchange.wrong({
    title: 'The body is too large',
    meaning: 'The body, decoded, is larger than the limit, so it was not judged.',
    advice: 'Check a smaller address, or raise limits if an answer of this size is intended.',
  }),
  'decode-error': exchange.wrong({
    title: 'The body cannot be decompressed',
    meaning: 'The body is not in the encoding that its Content-Encoding names.',
    advice: 'Look for a proxy that compresses twice or drops the header.',
  }),
  'invalid-response': exchange.wrong({
    title: 'The answer breaks its protocol',
    meaning: 'What came back breaks the rules of HTTP, or of the other protocol that was spoken.',
    advice: 'Look whether the port speaks that protocol at all, then at the proxy that answers.',
  }),
  'interim-flood': exchange.wrong({
    title: 'Endless interim answers',
    meaning: 'The server sent 1xx answers without ever coming to the real one.',
    advice: 'Look at the server or proxy that sends them.',
  }),
  'rate-limited': {
    ...exchange.untold({
      title: 'The server limits our requests',
      meaning: 'The server answered 429: we asked too often, so its state cannot be told.',
      advice: 'Wait for the time in Retry-After, then run again; check less often or ask for a higher limit.',
    }),
    transient: true,
  },
  'proxy-error': exchange.untold({
    title: 'The proxy on our side failed',
    meaning: 'The proxy between here and the target refused or failed, so the target was not seen.',
    advice: 'Check the proxy variables of this machine and the proxy itself; the target may be well.',
  }),
  'auth-required': auth.untold({
    title: 'Credentials are needed',
    meaning: 'The server answered 401: without valid credentials it does not show its state.',
    advice: 'Give the check a valid credential; if it has one, look whether it has expired or was revoked.',
  }),
  'auth-forbidden': auth.untold({
    title: 'Access is forbidden',
    meaning: 'The server answered 403: we are not allowed to look.',
    advice: 'Ask for the permission, or look whether a firewall blocks requests from here.',
  }),
};
