import { expect, it } from 'vitest';
import { hostsAddresses, searchNames } from './name-files.ts';

const HOSTS = '127.0.0.1 localhost # a.test\n10.0.0.1\tA.test  b.test\n# 10.0.0.2 a.test\n::1 a.test\n';

it.each([
  ['a.test', ['10.0.0.1', '::1']],
  ['b.test', ['10.0.0.1']],
  ['test', []],
  ['c.test', []],
])('finds %s in a hosts file', (name, addresses) => {
  expect(hostsAddresses(HOSTS, name)).toEqual(addresses);
});

const CLUSTER = 'search shop.svc.local svc.local\nnameserver 10.0.0.1\noptions timeout:1 ndots:2\n';

it.each([
  ['', 'api', ['api']],
  ['search a.test b.test', 'api', ['api.a.test', 'api.b.test', 'api']],
  ['search old.test\ndomain a.test', 'api', ['api.a.test', 'api']],
  [CLUSTER, 'api.shop', ['api.shop.shop.svc.local', 'api.shop.svc.local', 'api.shop']],
  [CLUSTER, 'www.example.com', ['www.example.com']],
  [CLUSTER, 'api.', ['api.']],
])('with %j the name %s stands for %j', (conf, name, names) => {
  expect(searchNames(conf, name)).toEqual(names);
});
