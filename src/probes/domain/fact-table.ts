import type { FactTable } from '../../model/fact.ts';
import { connectionFactTable } from '../http/fact-table.ts';
import { pageMovesFactTable } from '../http/html/refresh-signs.ts';
import { familyFactTable } from '../http/family-facts.ts';

const SHARED = /^(dns|tls)\.|^addresses$/;

const shared: FactTable = Object.fromEntries(Object.entries(connectionFactTable).filter(([name]) => SHARED.test(name)));

/** What a domain shows. The `tls` facts are those of the worst certificate over all hops of all variants. */
export const domainFactTable: FactTable = {
  loop: {
    type: 'string',
    description: 'the first redirect loop on one line, with its kind; absent when there is none',
    code: 'redirect-loop',
  },
  problem: {
    type: 'string',
    description: 'the first redirect that should not be followed: its variant and why; absent when there is none',
  },
  failures: { type: 'list', description: 'variants that could not be asked: `variant`, `code` and `message`' },
  'final-url': {
    type: 'string',
    description: 'where the site is: the end of `https-apex`, else of the next variant that has one',
    code: 'redirect-unexpected-target',
  },
  'final-status': { type: 'status', description: 'HTTP status at `final-url`' },
  'final-statuses': { type: 'list', description: 'HTTP statuses at the ends of all variants', code: 'http-status' },
  'variants-agree': {
    type: 'boolean',
    description: 'whether all variants end on one URL',
    code: 'redirect-unexpected-target',
  },
  https: { type: 'boolean', description: 'whether all variants end on https', code: 'redirect-unexpected-target' },
  hsts: { type: 'boolean', description: 'whether `final-url` sends Strict-Transport-Security with a max-age over 0' },
  'page.title': { type: 'string', description: 'title of the page at `final-url`', code: 'wrong-site' },
  ...pageMovesFactTable,
  serves: {
    type: 'list',
    description: 'in what the pages differ from `serves`, with the URL; empty when it is the right site',
    code: 'wrong-site',
  },
  chains: {
    type: 'list',
    description: 'each variant: `variant url text redirects loop problem failure code final-url final-status hops`',
  },
  'left-out': { type: 'list', description: 'variants that do not count, and why: a www that does not resolve' },
  duration: { type: 'duration', description: 'until the last variant had ended', code: 'slow' },
  ...shared,
  ...familyFactTable,
  'tls.host': { type: 'string', description: 'the host that showed the worst certificate' },
};
