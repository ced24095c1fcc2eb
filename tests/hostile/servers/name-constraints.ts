import * as x509 from '@peculiar/x509';

/** An extension that lets an authority vouch for names under one domain alone (RFC 5280, 4.2.1.10). */
export const nameConstraints = (domain: string): x509.Extension => {
  const name = Buffer.from(domain, 'latin1');
  const nested = (tag: number, content: Buffer): Buffer => Buffer.concat([Buffer.from([tag, content.length]), content]);
  const subtrees = nested(0xa0, nested(0x30, nested(0x82, name)));
  return new x509.Extension('2.5.29.30', true, nested(0x30, subtrees));
};
