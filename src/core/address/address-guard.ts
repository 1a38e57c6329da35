import { CodedError } from '../errors';
import { loadedAddress } from './picture-address';

/**
 * Which addresses no public page may make us ask: of the person's own machine or network, or of nobody.
 * A name's numbers are not known here (extensions cannot resolve names): of names, those are refused that
 * say themselves where they lead.
 */

/** Names of private networks: RFC 6761, 6762, 8375, ICANN's list of names that are never delegated, and custom. */
const PRIVATE_NAME =
  /(^|\.)(localhost|local|localdomain|internal|intranet|intra|private|lan|home|corp|mail|home\.arpa|fritz\.box)$/;

/** Public names for whatever IP address stands in them, or for this computer. */
const NAME_OF_NUMBERS =
  /(^|\.)(nip\.io|sslip\.io|xip\.io|traefik\.me|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|localho\.st|local\.gd|backname\.io)$/;

/** IANA's special-purpose registry, as first octets and the bits of them that count. */
const SPECIAL_IPV4: readonly [octets: readonly number[], bits: number][] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10], // carrier-grade NAT
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24], // documentation
  [[192, 88, 99], 24], // relays of 6to4
  [[192, 168], 16],
  [[198, 18], 15], // benchmarking
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[224], 3], // multicast and reserved
];

function ipv4Number(octets: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function isSpecialIpv4(ipv4: number): boolean {
  return SPECIAL_IPV4.some(([octets, bits]) => {
    const rest = 32 - bits;
    return ipv4 >>> rest === ipv4Number(octets) >>> rest;
  });
}

/** The eight groups of an IPv6 address as the URL parser writes it: hexadecimal, `::` at most once. */
function ipv6Groups(ipv6: string): number[] {
  const [head = [], tail = []] = ipv6
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16))));
  const zeros = Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array<number>(zeros).fill(0), ...tail];
}

/** The IPv4 address to which an IPv6 one leads through a translation or a tunnel; null for any other. */
function embeddedIpv4(groups: readonly number[]): number | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const last = ((g << 16) | h) >>> 0;
  // Compatible and mapped (RFC 4291), translated (RFC 2765): ::a.b.c.d, ::ffff:a.b.c.d, ::ffff:0:a.b.c.d
  if (
    (a | b | c | d) === 0 &&
    ((e === 0 && (f === 0 || f === 0xffff)) || (e === 0xffff && f === 0))
  )
    return last;
  if (a === 0x64 && b === 0xff9b && (c | d | e | f) === 0) return last; // NAT64, RFC 6052
  if (a === 0x2002) return ((b << 16) | c) >>> 0; // 6to4, RFC 3056
  if ((e & 0xfdff) === 0 && f === 0x5efe) return last; // ISATAP, RFC 5214
  return null;
}

/** Only 2000::/3 is of the public internet, and of it neither protocols' own ranges nor documentation. */
function isSpecialIpv6(groups: readonly number[]): boolean {
  const [a = 0, b = 0] = groups;
  const ipv4 = embeddedIpv4(groups);
  if (ipv4 !== null) return isSpecialIpv4(ipv4);
  if (a >>> 13 !== 1) return true;
  // 2001::/23 holds Teredo, benchmarking and ORCHID; 2001:db8::/32 and 3fff::/20 are documentation.
  return (a === 0x2001 && (b < 0x200 || b === 0xdb8)) || (a === 0x3fff && b < 0x1000);
}

/** Does the name spell a private IPv4 address, as `192-168-0-1.example.net` and `a.10.0.0.1.example` do? */
function spellsPrivateIpv4(host: string): boolean {
  const parts = host.split(/[.-]/).map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  return parts.some((first, at) => {
    const octets = parts.slice(at, at + 4);
    if (octets.length < 4 || octets.some((octet) => octet > 255)) return false;
    const ipv4 = ipv4Number(octets);
    // Version numbers begin with 0.
    return (first !== 0 && first < 224 && isSpecialIpv4(ipv4)) || ipv4 === 0;
  });
}

/** Is this host (as `URL.hostname` gives it) one of the person's own machine or network, or of nobody? */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.+$/, '');
  if (host.startsWith('[')) return isSpecialIpv6(ipv6Groups(host.slice(1, -1)));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    return isSpecialIpv4(ipv4Number(host.split('.').map(Number)));
  }
  return (
    !host.includes('.') ||
    PRIVATE_NAME.test(host) ||
    NAME_OF_NUMBERS.test(host) ||
    spellsPrivateIpv4(host)
  );
}

/**
 * The address as one that the worker may fetch for an image of this page: of a page that came by https,
 * as browsers load it, by https.
 * @throws CodedError `address-refused`: not http(s), with a user name, or private while the page is public.
 */
export function guardAddress(address: string, pageAddress: string): URL {
  const url = URL.parse(address);
  if (url === null || !isHttp(url)) {
    throw new CodedError('address-refused', 'Only http and https addresses are fetched.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new CodedError('address-refused', 'The address holds a user name or password.');
  }
  const page = URL.parse(pageAddress);
  const isPageThere = page !== null && isHttp(page) && isPrivateHost(page.hostname);
  const isThere = isPrivateHost(url.hostname);
  if (isThere && !isPageThere) {
    throw new CodedError(
      'address-refused',
      `${url.hostname} is on this computer or its network, and the page is not.`,
    );
  }
  return isThere ? url : (URL.parse(loadedAddress(url.href, pageAddress)) ?? url);
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}
