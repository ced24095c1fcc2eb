import { describe, expect, it } from 'vitest';
import { parseCurl } from './parse.ts';
import { toSpec } from './to-spec.ts';
import { shellWords } from './words.ts';

const specOf = (command: string) => toSpec(parseCurl(shellWords(`curl ${command}`)));
const URL = 'http://a.example/x';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a curl command as a step', () => {
  it.each([
    [URL, { url: URL }],
    ['a.example/x', { url: URL }],
    [`--url ${URL} -sSLk`, { url: URL, follow: true, tls: { verify: false } }],
    [`-L --max-redirs 3 ${URL}`, { url: URL, follow: { max: 3 } }],
    [`-I ${URL}`, { url: URL, method: 'HEAD' }],
    [`-XDELETE ${URL}`, { url: URL, method: 'DELETE' }],
    [`-d a=1 --data b=2 ${URL}`, { url: URL, form: { a: '1', b: '2' } }],
    [`-d a=1 -d a=2 ${URL}`, { url: URL, body: 'a=1&a=2', headers: FORM }],
    [`--data-urlencode 'a=b c&d' ${URL}`, { url: URL, form: { a: 'b c&d' } }],
    [`-G -d a=1 -d b=2 '${URL}?c=3'`, { url: `${URL}?c=3&a=1&b=2` }],
    [`-X PUT -d a=1 ${URL}`, { url: URL, method: 'PUT', form: { a: '1' } }],
    [`--json '{"a":[1,null]}' ${URL}`, { url: URL, json: { a: [1, null] }, headers: { Accept: 'application/json' } }],
    [`-H 'Content-Type: application/json' -d '{"a":1}' ${URL}`, { url: URL, json: { a: 1 } }],
    [
      `-H 'Content-Type: application/json; v=2' -d '{"a":1}' ${URL}`,
      { url: URL, json: { a: 1 }, headers: { 'Content-Type': 'application/json; v=2' } },
    ],
    [
      `-H 'Content-Type: application/json' -d '{broken' ${URL}`,
      { url: URL, body: '{broken', headers: { 'Content-Type': 'application/json' } },
    ],
    [
      `-H 'content-type: text/plain' --data-raw '@a' ${URL}`,
      { url: URL, body: '@a', headers: { 'content-type': 'text/plain' } },
    ],
    [
      `-F 'a=b' -F 'f=@c.png;type=image/png' ${URL}`,
      { url: URL, multipart: { a: 'b', f: { file: 'c.png', type: 'image/png' } } },
    ],
    [
      `-A agent -e http://b.example/ ${URL}`,
      { url: URL, headers: { 'User-Agent': 'agent', Referer: 'http://b.example/' } },
    ],
    [`-m 5 --compressed --http2 ${URL}`, { url: URL, http2: true }],
    [`-x http://p.example:80 ${URL}`, { url: URL, proxy: 'http://p.example:80' }],
    [`'${URL}?q=\${env.HOME}' -d 'x=\${y}' -H 'a: \${uuid}'`, { url: `${URL}?q=$\${env.HOME}`, form: undefined }],
  ])('%s', (command, spec) => {
    expect(specOf(command).spec).toMatchObject(JSON.parse(JSON.stringify(spec)));
  });

  it('means no placeholder by anything in it', () => {
    const { spec } = specOf(`${URL} -H 'a: \${uuid}' --data-raw '{"b":"\${c}"}'`);
    expect(spec).toMatchObject({ headers: { a: '$${uuid}' }, body: '{"b":"$${c}"}' });
  });

  it('leaves out what a browser adds, and says so', () => {
    const { spec, leftOut } = specOf(
      `${URL} -H 'sec-fetch-mode: cors' -H 'Accept-Encoding: gzip' -H 'user-agent: Mozilla/5.0 x' -H 'x-own: y' -H 'accept: */*'`,
    );
    expect(spec).toEqual({ url: URL, headers: { 'x-own': 'y' } });
    expect(leftOut).toEqual(['sec-fetch-mode', 'Accept-Encoding', 'user-agent', 'accept']);
  });
});

describe('what is secret in it', () => {
  it.each([
    [`-u ada:canary-1 ${URL}`, { auth: { basic: { username: 'ada', password: '${secret.SMOKE_PASSWORD}' } } }],
    [
      `--digest -u ada:canary-1 ${URL}`,
      { auth: { digest: { username: 'ada', password: '${secret.SMOKE_PASSWORD}' } } },
    ],
    [
      'http://ada:canary-1@a.example/x',
      { url: URL, auth: { basic: { username: 'ada', password: '${secret.SMOKE_PASSWORD}' } } },
    ],
    [`-H 'Authorization: Bearer canary-1' ${URL}`, { auth: { bearer: '${secret.SMOKE_TOKEN}' } }],
    [
      `-H 'authorization: Basic ${Buffer.from('ada:canary-1').toString('base64')}' ${URL}`,
      { auth: { basic: { username: 'ada' } } },
    ],
    [`-H 'Authorization: AWS4 canary-1' ${URL}`, { headers: { Authorization: '${secret.SMOKE_AUTHORIZATION}' } }],
    [`-b 'sid=canary-1; a=b' ${URL}`, { headers: { cookie: '${secret.SMOKE_COOKIE}' } }],
    [`-H 'Cookie: sid=canary-1' ${URL}`, { headers: { Cookie: '${secret.SMOKE_COOKIE}' } }],
    [`-H 'X-Api-Key: canary-1' ${URL}`, { headers: { 'X-Api-Key': '${secret.SMOKE_X_API_KEY}' } }],
    [`'${URL}?token=canary-1&a=b'`, { url: `${URL}?token=\${secret.SMOKE_TOKEN}&a=b` }],
    [`--json '{"user":{"password":"canary-1"}}' ${URL}`, { json: { user: { password: '${secret.SMOKE_PASSWORD}' } } }],
    [`-d password=canary-1 ${URL}`, { form: { password: '${secret.SMOKE_PASSWORD}' } }],
    [`-F 'api_key=canary-1' ${URL}`, { multipart: { api_key: '${secret.SMOKE_API_KEY}' } }],
  ])('stands for a variable: %s', (command, spec) => {
    const made = specOf(command);
    expect(made.spec).toMatchObject(spec);
    expect(JSON.stringify(made.spec)).not.toContain('canary-1');
    expect([...made.secrets.values()].some(({ value }) => value.includes('canary-1'))).toBe(true);
  });

  it('has one name for one value, and two for two', () => {
    const { secrets } = specOf(
      `-H 'X-Token: canary-1' -H 'Y-Token: canary-1' '${URL}?token=canary-2&x=1' -u a:canary-3`,
    );
    expect([...secrets].map(([name, { value }]) => [name, value])).toEqual([
      ['SMOKE_TOKEN', 'canary-2'],
      ['SMOKE_X_TOKEN', 'canary-1'],
      ['SMOKE_PASSWORD', 'canary-3'],
    ]);
  });

  it('is refused when it is too short to be hidden', () => {
    expect(() => specOf(`-u ada:pw ${URL}`)).toThrow('the password of ada is shorter than 6 characters');
  });
});

describe('what would be lost is refused', () => {
  it.each([
    [`--foo ${URL}`, "curl's --foo is not understood here"],
    [`--datta x ${URL}`, "curl's --datta is not understood here"],
    [`-Z ${URL}`, "curl's -Z is not understood here"],
    [`-d @file ${URL}`, 'reads a file here: @file'],
    [`--data-urlencode a@file ${URL}`, 'reads a file here'],
    [`-b cookies.txt ${URL}`, 'reads a file here'],
    [`-H @file ${URL}`, 'reads a file here'],
    [`${URL} http://b.example/`, 'two URLs'],
    ['-X', "curl's -X has no value"],
    ['-X POST', 'has no URL'],
    ['http://', 'is no URL'],
    [`-u ada ${URL}`, 'has a name and no password'],
    [`-H nothing ${URL}`, '"nothing" is no header'],
  ])('%s', (command, message) => {
    expect(() => specOf(command)).toThrow(message);
  });

  it('and so is what is no curl command', () => {
    expect(() => parseCurl(['wget', URL])).toThrow('this is no curl command');
    expect(() => parseCurl([])).toThrow('this is no curl command');
  });
});
