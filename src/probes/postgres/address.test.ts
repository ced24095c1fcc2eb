import { expect, test } from 'vitest';
import { readAddress } from './address.ts';

const FORM = 'postgres://user:password@host:port/database, special characters percent-encoded';

test('a URL is read as libpq reads it', () => {
  expect(readAddress('postgresql://app%40x:p%2F%3A@DB.test/shop?sslmode=require&application_name=probe')).toEqual({
    ok: true,
    address: {
      host: 'db.test',
      port: 5432,
      database: 'shop',
      user: 'app@x',
      password: 'p/:',
      sslmode: 'require',
      bound: false,
      application: 'probe',
    },
  });
});

test.each([
  ['postgres://me@[::1]:6000', { host: '::1', port: 6000, database: 'me', user: 'me', password: null }],
  ['postgres://me:@db/', { host: 'db', port: 5432, database: 'me', password: null }],
  ['postgres://me:a@b@db/x', { host: 'db', database: 'x', password: 'a@b' }],
  ['postgres://me:x@db/a%20b?channel_binding=require', { database: 'a b', bound: true }],
])('%s leads where it says', (url, address) => {
  expect(readAddress(url)).toMatchObject({ ok: true, address });
});

test.each([
  ['', `is not ${FORM}`],
  ['db.test/shop', `is not ${FORM}`],
  ['mysql://me:s3cret@db/shop', 'has another scheme: only postgres and postgresql can be probed'],
  ['https://me:s3cret@db/shop', 'has another scheme: only postgres and postgresql can be probed'],
  ['postgres://me:s3cret@db:0/shop', 'has port 0: expected 1 to 65535'],
  ['postgres://me:s3cret@db:65536/shop', 'has a port that is too large: expected 1 to 65535'],
  ['postgres://me:s3cret@a:5432,b:5432/shop', 'names several hosts: write a check for each'],
  ['postgres://me:s3cret@db:port/shop', `is not ${FORM}`],
  ['postgres:///shop?host=/var/run', 'names no host: sockets in the file system cannot be probed'],
  ['postgres://db/shop', `names no user: expected ${FORM}`],
  ['postgres://me:s3/cret@db/shop', `is not ${FORM}`],
  ['postgres://me:12/cret@db/shop', `names no user: expected ${FORM}`],
  ['postgres://me:s3cret@db/shop#x', 'has a # in it: write %23'],
  ['postgres://me:100%@db/shop', 'has a % that is no percent-encoding: write %25'],
  ['postgres://me%00options%00-crole%3Dx:s3cret@db/shop', 'has a % that is no percent-encoding: write %25'],
  ['postgres://me:s3cret@db/shop/other', `has a second / behind the database: expected ${FORM}`],
  ['postgres://me:s3cret@a b/shop', `is not ${FORM}`],
  ['postgres://me:s3cret@a%20b/shop', 'names no host that can be looked up'],
  [
    'postgres://me:s3cret@db/shop?sslmode=strict',
    'has an sslmode that does not exist: expected one of disable, allow, prefer, require, verify-ca, verify-full',
  ],
  ['postgres://me:s3cret@db/shop?sslmode=require&sslmode=disable', 'has the parameter sslmode twice'],
  [
    'postgres://me:s3cret@db/shop?s3cret=1',
    'has a parameter that has no meaning here: it may have sslmode, channel_binding, application_name, connect_timeout (and TLS is set by tls:)',
  ],
  [
    'postgres://me:s3cret@db/shop?channel_binding=always',
    'has a channel_binding that does not exist: expected one of disable, prefer, require',
  ],
])('%s is refused without a word of it', (url, message) => {
  expect(readAddress(url)).toEqual({ ok: false, message });
  expect(message).not.toContain('s3cret');
});
