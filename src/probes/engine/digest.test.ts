import { describe, expect, it } from 'vitest';
import { digestAnswer, parseChallenges } from './digest.ts';

const MUFASA = { username: 'Mufasa', password: 'Circle of Life' };
const GET = { method: 'GET', uri: '/dir/index.html', body: null };
const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
const challenge = (algorithm: string): string =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

const responseOf = (answer: string | null): string | undefined => /response="(\w+)"/.exec(answer ?? '')?.[1];

describe('the answer to a challenge', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('with %s is that of RFC 7616, 3.9.1', (algorithm, response) => {
    const answer = digestAnswer(MUFASA, [challenge(algorithm)], GET, CNONCE);
    expect(responseOf(answer)).toBe(response);
    expect(answer).toBe(
      'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", ' +
        `algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, ` +
        `cnonce="${CNONCE}", qop=auth, response="${response}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
    );
  });

  it('with a hashed name and SHA-512-256 is that of RFC 7616, 3.9.2 with its erratum 4897', () => {
    const field =
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, ' +
      'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", ' +
      'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true';
    const credentials = { username: 'J\u00e4s\u00f8n Doe', password: 'Secret, or not?' };
    const request = { method: 'GET', uri: '/doe.json', body: null };
    const answer = digestAnswer(credentials, [field], request, 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v');
    expect(answer).toContain('username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"');
    expect(responseOf(answer)).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
  });

  it('without a quality of protection is that of RFC 2617 for the older RFC 2069', () => {
    const field = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
    expect(responseOf(digestAnswer({ ...MUFASA, password: 'Circle Of Life' }, [field], GET))).toBe(
      '670fd8c2df070c60b045671b8b24ff02',
    );
  });

  it('takes the strongest algorithm, in whatever field it is offered', () => {
    const answer = digestAnswer(MUFASA, [`Basic realm="x", ${challenge('MD5')}`, challenge('SHA-256')], GET, CNONCE);
    expect(answer).toContain('algorithm=SHA-256');
  });

  it.each([
    [[]],
    [['Basic realm="x"']],
    [['Digest realm="x", nonce="y", algorithm=SHA-3']],
    [['Digest realm="x"']],
    [['Digest realm="x", nonce="y", qop="other"']],
    [['Digest "']],
  ])('is none where there is nothing to answer: %j', (fields) => {
    expect(digestAnswer(MUFASA, fields, GET)).toBeNull();
  });

  it('covers the body where only that is offered', () => {
    const field = 'Digest realm="r", nonce="n", qop="auth-int"';
    const of = (body: string) => responseOf(digestAnswer(MUFASA, [field], { ...GET, body: Buffer.from(body) }, 'c'));
    expect(of('a')).not.toBe(of('b'));
  });

  it('lets no parameter out of its quotes', () => {
    const answer = digestAnswer({ ...MUFASA, username: 'a"b' }, ['Digest realm="x\\", y=\\"", nonce="n"'], GET);
    expect(answer).toContain(String.raw`username="a\"b", realm="x\", y=\"", uri=`);
  });
});

describe('challenges', () => {
  it('are read as they stand beside each other', () => {
    const read = parseChallenges('Negotiate, Basic realm="a, b", Digest realm=c , nonce = "d"');
    expect(read.map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])).toEqual([
      ['negotiate', {}],
      ['basic', { realm: 'a, b' }],
      ['digest', { realm: 'c', nonce: 'd' }],
    ]);
  });

  it('end where they cannot be read', () => {
    expect(parseChallenges('Digest realm="never closed')).toMatchObject([{ scheme: 'digest' }]);
    expect(parseChallenges('"')).toEqual([]);
  });
});
