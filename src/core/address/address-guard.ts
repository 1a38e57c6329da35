import { CodedError } from '../errors';

/** Host names and IP ranges that no public page may make us ask: loopback, private, link-local and reserved ones. */
const PRIVATE_IPV4 = [
  /^0\./,
  /^10\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./, // carrier-grade NAT, RFC 6598
  /^127\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.0\.0\./,
  /^192\.168\./,
  /^198\.1[89]\./, // benchmarking, RFC 2544
  /^(22[4-9]|2[3-5]\d)\./, // multicast and reserved
];
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/;

/** The IPv4 address inside an IPv4-mapped or NAT64 IPv6 one, as the URL parser writes it (two hex groups). */
function embeddedIpv4(ipv6: string): string | null {
  const match = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(ipv6);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const [high, low] = [parseInt(match[1], 16), parseInt(match[2], 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** Is this host (as `URL.hostname` gives it) one of the person's own machine or network? */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host.startsWith('[')) {
    const ipv6 = host.slice(1, -1);
    const ipv4 = embeddedIpv4(ipv6);
    if (ipv4 !== null) return isPrivateHost(ipv4);
    return ipv6 === '::' || ipv6 === '::1' || /^(f[cd]|fe[89a-f]|ff)/.test(ipv6);
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return PRIVATE_IPV4.some((range) => range.test(host));
  return !host.includes('.') || PRIVATE_NAME.test(host);
}

/**
 * The address as one that the worker may fetch for an image of this page.
 * @throws CodedError `address-refused`: not http(s), with a user name, or private while the page is public.
 */
export function guardAddress(address: string, pageAddress: string): URL {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CodedError('address-refused', 'Only http and https addresses are fetched.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new CodedError('address-refused', 'The address holds a user name or password.');
  }
  const page = URL.parse(pageAddress);
  const isPageThere = page !== null && isHttp(page) && isPrivateHost(page.hostname);
  if (isPrivateHost(url.hostname) && !isPageThere) {
    throw new CodedError(
      'address-refused',
      `${url.hostname} is on this computer or its network, and the page is not.`,
    );
  }
  return url;
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}
