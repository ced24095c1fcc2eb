import { describe, expect, test } from 'vitest';
import { addressClass, hostClass, leadsInside } from './redirect-address-class.ts';
import { readLocation } from './redirect-location.ts';
import { diagnoseLoop } from './redirect-loop.ts';
import { isSensitiveName, shownReference, shownUrl } from './redirect-shown-url.ts';

describe('a URL in a report', () => {
  test('hides userinfo and the values of sensitive parameters, and nothing else', () => {
    expect(shownUrl(new URL('https://me:pw@a.test/x?q=%2F&access_token=abc&api%2Dkey=k#id_token=t'))).toBe(
      'https://***@a.test/x?q=%2F&access_token=***&api%2Dkey=***#id_token=***',
    );
  });

  test('is cut when it is long', () => {
    const shown = shownUrl(new URL(`https://a.test/${'x'.repeat(9000)}`));
    expect(shown).toHaveLength(300 + '... (9015 characters)'.length);
    expect(shown.endsWith('... (9015 characters)')).toBe(true);
  });

  test('may be relative or no URL at all', () => {
    expect(shownReference('/back?session=abc&page=2')).toBe('/back?session=***&page=2');
    expect(shownReference('//me:pw@a.test/')).toBe('//***@a.test/');
    expect(shownReference('https://me:pw@[nope/')).toBe('https://***@[nope/');
  });

  test.each(['Authorization', 'X-Api-Key', 'cookie', 'Set-Cookie', 'password', 'client_secret', 'key', 'X-Auth-Token'])(
    'takes %s for a secret',
    (name) => expect(isSensitiveName(name)).toBe(true),
  );

  test.each(['author', 'keyboard', 'Accept', 'monkey', 'X-Request-Id', 'q'])('does not take %s for one', (name) =>
    expect(isSensitiveName(name)).toBe(false),
  );
});

describe('an address', () => {
  test.each([
    ['203.0.113.1', 'public'],
    ['10.0.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['100.64.0.1', 'private'],
    ['127.9.9.9', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['2001:db8::1', 'public'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:a00:1', 'private'],
    ['::ffff:203.0.113.1', 'public'],
    ['64:ff9b::a9fe:a9fe', 'link-local'],
    ['fd00::1', 'private'],
    ['[fe80::1%eth0]', 'link-local'],
  ] as const)('%s is %s', (address, expected) => expect(addressClass(address)).toBe(expected));

  test('shows in a host only when the host is one', () => {
    expect(hostClass(new URL('http://0x7f000001/').hostname)).toBe('loopback');
    expect(hostClass('api.localhost')).toBe('loopback');
    expect(hostClass('a.test')).toBeNull();
  });

  test('leads inside from public to private, and from anywhere to loopback and link-local', () => {
    expect(leadsInside('public', 'private')).toBe(true);
    expect(leadsInside('private', 'loopback')).toBe(true);
    expect(leadsInside('loopback', 'link-local')).toBe(true);
    expect(leadsInside('loopback', 'private')).toBe(false);
    expect(leadsInside('private', 'public')).toBe(false);
    expect(leadsInside('loopback', 'loopback')).toBe(false);
  });
});

describe('a Location', () => {
  const target = (location: string): string => {
    const read = readLocation([location], new URL('https://a.test/dir/page?q=1'), 302);
    return 'target' in read ? read.target.url.href : read.problem.code;
  };

  test.each([
    ['next', 'https://a.test/dir/next'],
    ['/top#part', 'https://a.test/top'],
    ['?q=2', 'https://a.test/dir/page?q=2'],
    ['//b.test', 'https://b.test/'],
    ['HTTPS://B.TEST:443/%7ex?a=%2f&b=/', 'https://b.test/%7ex?a=%2f&b=/'],
    ['/a b', 'https://a.test/a%20b'],
    ['/caf\u00c3\u00a9', 'https://a.test/caf%C3%A9'],
    ['https://b\u00c3\u00bccher.test/', 'https://xn--bcher-kva.test/'],
    ['https://me:pw@b.test/', 'https://b.test/'],
    ['/x?back=\\\\y', 'https://a.test/x?back=\\\\y'],
  ])('%s leads to %s', (location, expected) => expect(target(location)).toBe(expected));
});

test('a long loop is printed with its middle left out', () => {
  const steps = Array.from({ length: 30 }, (_, index) => ({ url: new URL(`https://a.test/${index}`), status: 302 }));
  const { text } = diagnoseLoop(steps, 0);
  expect(text).toContain('https://a.test/5 --302--> ... (18 more) --> https://a.test/24 --302-->');
  expect(text.endsWith('https://a.test/0  (loop of 30)')).toBe(true);
});
