import type { TlsOptions } from 'node:tls';
import { type Authority, type Certificate, makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { CouldNotLook } from '../probe.ts';
import { tls } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { contextFor, type Running, runTls } from './test-servers.ts';

const DAY_MS = 86_400_000;

/** For tests: a date so many days from now. */
export const days = (count: number): Date => new Date(Date.now() + count * DAY_MS);

type Served = Pick<Certificate, 'chain' | 'key'>;
type LeafOptions = Partial<Parameters<typeof makeCertificate>[0]>;

/** For tests: an authority, and servers on loopback that are asked for as `a.test`. */
export type TestSite = {
  readonly root: Authority;
  /** In order for `a.test` and 127.0.0.1, for 60 days. */
  readonly good: Certificate;
  readonly leaf: (options: LeafOptions) => Promise<Certificate>;
  /** Closed with the others after the test. */
  readonly kept: (server: Promise<Running>) => Promise<Running>;
  readonly serve: (certificate: Served, options?: TlsOptions) => Promise<Running>;
  readonly specFor: (server: Running, more?: Partial<Spec>) => Spec;
  /** A certificate as `a.test` would serve it: what was seen, and the sign that explains why it is not verified. */
  readonly judged: (
    certificate: Served,
    more?: Partial<Spec>,
  ) => Promise<{ readonly facts: Awaited<ReturnType<typeof look>>; readonly told: string }>;
  readonly closeAll: () => void;
};

/** For tests: what a look fails with. */
export const failureOf = async (spec: Spec, timeoutMs = 5000): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, contextFor(timeoutMs)).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error(`the look should have failed: ${JSON.stringify(error)}`, { cause: error });
};

/** For tests: a site of its own. */
export const makeSite = async (): Promise<TestSite> => {
  const root = await makeAuthority({ name: 'Test Root', notAfter: days(3000) });
  const good = await makeCertificate({ authority: root, names: ['a.test', '127.0.0.1'], notAfter: days(60.5) });
  const open: Running[] = [];

  const kept: TestSite['kept'] = async (server) => {
    const running = await server;
    open.push(running);
    return running;
  };
  const serve: TestSite['serve'] = (certificate, options = {}) =>
    kept(runTls({ cert: certificate.chain, key: certificate.key, ...options }));
  const specFor: TestSite['specFor'] = ({ port }, more = {}) => ({
    host: 'a.test',
    'connect-to': `127.0.0.1:${port}`,
    ca: root.cert,
    ...more,
  });
  return {
    root,
    good,
    kept,
    serve,
    specFor,
    leaf: (options) => makeCertificate({ authority: root, names: ['a.test'], ...options }),
    judged: async (certificate, more = {}) => {
      const spec = specFor(await serve(certificate), more);
      const facts = await look(spec, contextFor());
      const sign = tls.explain(facts, spec).find(({ fact }) => fact === 'verified');
      return { facts, told: sign === undefined ? 'verified' : `${sign.code}: ${sign.message}` };
    },
    closeAll: () => {
      for (const server of open.splice(0)) server.close();
    },
  };
};
