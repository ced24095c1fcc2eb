import { asked, fails, followed, passes, warns, type Behaviour } from '../behaviour.ts';
import { acts, flood, healthy, sends, whole } from './wire.ts';

const found = (location: string, status = '302 Found'): Uint8Array =>
  whole('', [`Location: ${location}`], `HTTP/1.1 ${status}\r\n`);

/** A first answer that redirects there, and a healthy one to everything else that is asked. */
const leads = (
  naming: readonly [string, string, Behaviour['healthy']],
  expected: Behaviour['expected'],
  location: string,
) =>
  acts(naming, expected, (socket, head) => socket.end(head.startsWith('GET / ') ? found(location) : healthy), followed);

const page = (html: string): Uint8Array => whole(html, ['Content-Type: text/html; charset=utf-8']);

const leadsOn = (how: string) =>
  warns(
    'redirect-unexpected',
    new RegExp(`^the page does nothing but lead on: to http://127\\.0\\.0\\.1:\\d+${how}, which is not followed$`),
  );

const bad = (cause: RegExp) => fails('redirect-bad-location', cause);
const scheme = (name: string) =>
  fails('redirect-bad-scheme', new RegExp(`^the Location leads to the scheme "${name}:"$`));
const inside = fails('redirect-private', /^a redirect leads from a loopback address to a link-local one: http:\/\//);

/** Whose redirect status is no redirect for us: the answer is what it is. */
const notFollowed = (status: string, healthy: Behaviour['healthy'], expected: Behaviour['expected']): Behaviour =>
  acts(
    [`${status.slice(0, 3)}-with-location`, 'R7', healthy],
    expected,
    (socket, head) => socket.end(head.startsWith('GET / ') ? found('/next', status) : whole('ok')),
    followed,
  );

/** Targets that cannot or may not be followed (R3, R4, R7, R8), and chains that do not end (R2). */
export const redirect: readonly Behaviour[] = [
  acts(
    ['redirect-not-followed', 'R1', 'never'],
    fails('redirect-unexpected', /^the server redirects \(302\) to \/login, and redirects are not followed here$/),
    (socket) => socket.end(found('/login')),
  ),
  acts(
    ['eleven-hops', 'R2', 'never'],
    fails('redirect-limit', /^more than 10 redirects; the last: .*\/9 -> .*\/10 -> .*\/11 /),
    (socket, head) => socket.end(found(`/${Number(/GET \/(\d*)/.exec(head)?.[1] ?? 0) + 1}`)),
    followed,
  ),
  acts(
    ['growing-query', 'R1', 'never'],
    fails('redirect-limit', /^more than 10 redirects; the last: .*n=1,2,3,4,5,6,7,8,9,10,11 /),
    (socket, head) => {
      const seen = /n=(\S*)/.exec(head)?.[1] ?? '';
      socket.end(found(`/?n=${seen === '' ? '' : `${seen},`}${seen === '' ? 1 : seen.split(',').length + 1}`));
    },
    followed,
  ),
  acts(
    ['endless-redirect-body', 'R2', 'never'],
    fails('body-limit', /^the body is over 10 MiB/),
    (socket) => {
      socket.write('HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n');
      flood(socket, Buffer.alloc(65_536, 120));
    },
    followed,
  ),

  sends(
    ['location-missing', 'R3', 'never'],
    fails('redirect-missing-location', /^the answer 302 has no Location$/),
    whole('', [], 'HTTP/1.1 302 Found\r\n'),
    followed,
  ),
  leads(['location-empty', 'R3', 'never'], bad(/^the Location is empty$/), ''),
  sends(
    ['location-twice', 'R3', 'never'],
    bad(/^the answer has 2 Location headers$/),
    whole('', ['Location: /a', 'Location: /b'], 'HTTP/1.1 302 Found\r\n'),
    followed,
  ),
  leads(['location-four-slashes', 'R3', 'never'], bad(/wrong number of slashes/), 'http:////127.0.0.1/'),
  leads(['location-backslashes', 'R3', 'may'], bad(/contains a backslash/), '\\\\127.0.0.1\\x'),
  leads(['location-not-a-url', 'R3', 'never'], bad(/^the Location is not a URL: http:\/\/\[nope\/$/), 'http://[nope/'),
  leads(['location-port-0', 'R3', 'never'], bad(/names no host and port to go to$/), 'http://127.0.0.1:0/'),
  leads(['location-1-mib', 'R3', 'may'], fails('header-limit', /over 64 KiB$/), `/${'x'.repeat(1024 * 1024)}`),
  leads(['location-9-kb', 'R3', 'may'], bad(/^the Location is 9001 characters long$/), `/${'x'.repeat(9000)}`),
  leads(['location-with-spaces', 'R3', 'may'], passes, '/a b'),
  leads(['location-8-bit', 'R3', 'may'], passes, '/caf\u00e9'),
  leads(['location-crlf-encoded', 'R3', 'may'], passes, '/a%0d%0aX-Evil:%201'),
  leads(['location-relative', 'R3', 'may'], passes, 'next?x=1'),

  leads(['to-javascript', 'R4', 'never'], scheme('javascript'), 'javascript:alert(1)'),
  leads(['to-file', 'R4', 'never'], scheme('file'), 'file:///etc/passwd'),
  leads(['to-data', 'R4', 'never'], scheme('data'), 'data:text/html,ok'),
  leads(['to-ftp', 'R4', 'never'], scheme('ftp'), 'ftp://127.0.0.1/'),
  leads(['to-about', 'R4', 'never'], scheme('about'), 'about:blank'),
  leads(['to-link-local', 'R4', 'never'], inside, 'http://169.254.169.254/latest/meta-data/'),
  leads(['to-link-local-decimal', 'R4', 'never'], inside, 'http://2852039166/'),
  leads(['to-link-local-mapped', 'R4', 'never'], inside, 'http://[::ffff:169.254.169.254]/'),

  notFollowed('300 Multiple Choices', 'may', fails('http-status', /^the server answers 300 Multiple Choices$/)),
  notFollowed(
    '304 Not Modified',
    'never',
    fails('invalid-response', /304 Not Modified, and the request was not conditional$/),
  ),
  notFollowed('305 Use Proxy', 'never', fails('http-status', /^the server answers 305 Use Proxy$/)),
  notFollowed('306 Switch Proxy', 'never', fails('http-status', /^the server answers 306 Switch Proxy$/)),
  {
    name: 'to-a-name-that-is-link-local',
    row: 'R4',
    healthy: 'never',
    expected: fails(
      'redirect-private',
      /^a redirect leads from a loopback address to a link-local one: http:\/\/meta\.test\/latest /,
    ),
    open: async (stage) => ({
      url: `http://start.test:${await stage.tcp((socket) => socket.end(found('http://meta.test/latest')))}/`,
      spec: {
        follow: true,
        resolver: await stage.dns({ 'start.test': { a: ['127.0.0.1'] }, 'meta.test': { a: ['169.254.169.254'] } }),
      },
    }),
  },
  sends(
    ['meta-refresh', 'R8', 'may'],
    leadsOn('/login at once, by meta refresh'),
    page('<meta http-equiv="refresh" content="0; url=/login">'),
    followed,
  ),
  sends(
    ['refresh-header', 'R8', 'may'],
    leadsOn('/login after 3 s, by the header Refresh'),
    whole('', ['Refresh: 3; url=/login']),
    followed,
  ),
  sends(
    ['redirect-by-script', 'R8', 'may'],
    leadsOn('/login at once, by a script'),
    page('<script>window.location.href = "/login"</script>'),
    followed,
  ),
  sends(
    ['refresh-beside-a-page', 'R8', 'may'],
    passes,
    page(`<meta http-equiv="refresh" content="300"><p>${'All is well. '.repeat(20)}</p>`),
    followed,
  ),
  sends(
    ['canonical-elsewhere', 'R8', 'may'],
    passes,
    page(`<link rel="canonical" href="https://elsewhere.example/"><p>${'All is well. '.repeat(20)}</p>`),
    { ...followed, expect: { canonical: 'https://elsewhere.example/' } },
  ),
  acts(
    ['login-then-back', 'R1', 'may'],
    passes,
    (socket, head) => {
      if (head.includes('sid=1')) socket.end(healthy);
      else if (head.startsWith('GET /login')) {
        socket.end(whole('', ['Location: /', 'Set-Cookie: sid=1; Path=/'], 'HTTP/1.1 302 Found\r\n'));
      } else socket.end(found('/login'));
    },
    { ...followed, ...asked },
  ),
];
