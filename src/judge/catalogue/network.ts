import { at } from './entry.ts';

const dns = at('dns');
const tcp = at('tcp');
const tls = at('tls');

/** Reason codes of name resolution, connections and TLS. */
export const network = {
  'dns-nxdomain': dns.wrong({
    title: 'The name does not exist',
    meaning: 'DNS answered that there is no such name (NXDOMAIN).',
    advice:
      'Compare the name with the one in the zone, then look whether the zone was published and the domain has not lapsed.',
  }),
  'dns-no-records': dns.wrong({
    title: 'The name has no address',
    meaning: 'The name exists, but has no record of the type that was asked for.',
    advice: 'Add the missing record to the zone, or ask for the address family that the name has.',
  }),
  'dns-servfail': dns.passing({
    title: 'The name server failed',
    meaning: 'DNS answered SERVFAIL: the servers of the zone are down, or its DNSSEC signatures are wrong.',
    advice:
      'Ask the authoritative servers directly (dig +trace NAME); if only a validating resolver fails, look at DNSSEC.',
  }),
  'dns-refused': dns.wrong({
    title: 'The name server refused to answer',
    meaning: 'The DNS server answered REFUSED: it does not serve this zone, or not to us.',
    advice: 'Compare the NS records of the domain with the servers that really host the zone.',
  }),
  'dns-timeout': dns.passing({
    title: 'Name resolution took too long',
    meaning: 'No DNS server answered in the time that the check allows.',
    advice: 'Resolve the name from another network; if it works there, look at the resolver of this machine.',
  }),
  'dns-cname-loop': dns.wrong({
    title: 'The aliases of the name run in a circle',
    meaning: 'CNAME records lead back to a name that was already asked.',
    advice: 'Follow the chain (dig CNAME NAME) and point one of the names at an address.',
  }),
  'dns-mismatch': dns.wrong({
    title: 'DNS gives other records than expected',
    meaning: 'The name resolves, but not to the records that the check names.',
    advice: 'Look for a change of the zone that is missing or still cached; wait for the TTL before changing it again.',
  }),
  'connect-refused': tcp.wrong({
    title: 'Nothing listens on the port',
    meaning: 'The host answered, and refused the connection.',
    advice: 'Look whether the service runs and listens on this port and address; if it restarts, read why it stopped.',
  }),
  'connect-timeout': tcp.passing({
    title: 'The connection took too long',
    meaning: 'The host did not answer the attempt to connect: packets are dropped on the way, or it is down.',
    advice: 'Check that the host is up, then the firewall and security groups between here and there.',
  }),
  'connect-reset': tcp.passing({
    title: 'The connection was reset',
    meaning: 'The connection was torn down by the other side or by something in between.',
    advice: 'Read the log of the service and of the load balancer at that second: a crash, a limit or an idle timeout.',
  }),
  'connect-unreachable': tcp.wrong({
    title: 'There is no way to the host',
    meaning: 'The network reported that the host or its network cannot be reached.',
    advice: 'Check routes and VPN from here; when only IPv6 fails, its record or its route is missing.',
  }),
  'port-open': tcp.wrong({
    title: 'A port is open that must not be',
    meaning: 'The connection succeeded although the check says that it must not.',
    advice: 'Close the port at the firewall now, then find out what exposed it.',
  }),
  'tls-expired': tls.wrong({
    title: 'The certificate has expired',
    meaning: 'The certificate, or one that it depends on, is past its last day.',
    advice: 'Renew the certificate and reload the server; then find out why the renewal did not run.',
  }),
  'tls-not-yet-valid': tls.wrong({
    title: 'The certificate is not valid yet',
    meaning: 'The first day of the certificate lies in the future.',
    advice: 'Compare the clocks here and there; otherwise serve the previous certificate until that day.',
  }),
  'tls-wrong-host': tls.wrong({
    title: 'The certificate is for another name',
    meaning: 'None of the names in the certificate is the one that was asked for.',
    advice: 'Issue a certificate with this name, or look why the server picks another one for it (SNI, default host).',
  }),
  'tls-self-signed': tls.wrong({
    title: 'The certificate is self-signed',
    meaning: 'The certificate was signed by nobody but itself.',
    advice: 'Install a certificate of a trusted authority; if it is meant so, name it under tls.ca.',
  }),
  'tls-untrusted': tls.wrong({
    title: 'The certificate is not trusted',
    meaning: 'The chain ends in an authority that is not trusted here.',
    advice: 'Look which authority issued it; a private one has to be named under tls.ca.',
  }),
  'tls-incomplete-chain': tls.wrong({
    title: 'An intermediate certificate is missing',
    meaning: 'The server does not send the certificates between its own and the authority; browsers may hide that.',
    advice: 'Install the full chain (fullchain.pem instead of cert.pem) and reload the server.',
  }),
  'tls-expiring': tls.wrong({
    title: 'The certificate expires soon',
    meaning: 'The certificate is still valid, for fewer days than the check asks.',
    advice: 'Renew it now, and look why the automatic renewal has not done so.',
  }),
  'tls-protocol': tls.wrong({
    title: 'No common TLS version or cipher',
    meaning: 'The two sides share no TLS version or cipher, or the one in use is older than the check allows.',
    advice: 'Enable TLS 1.2 and 1.3 on the server.',
  }),
  'tls-client-certificate': tls.untold({
    title: 'The server asks for a client certificate',
    meaning: 'The server ends the handshake unless the client shows a certificate, and ours was absent or refused.',
    advice: 'Give the check a certificate under tls.cert and tls.key, and see that the server trusts its authority.',
  }),
  'tls-handshake': tls.wrong({
    title: 'The TLS handshake failed',
    meaning: 'The connection stands, but the two sides could not agree on an encrypted session.',
    advice: 'Look whether the port speaks TLS at all, then read the TLS log of the server.',
  }),
};
