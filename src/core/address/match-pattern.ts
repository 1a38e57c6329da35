/** The match patterns that together mean every site. */
export const ALL_SITES: readonly string[] = ['http://*/*', 'https://*/*'];

/**
 * The match pattern for the host of an address, like `https://example.org/*`; null where the address
 * is not http(s). Patterns hold no port: access to a host is access to all its ports.
 */
export function hostPattern(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return `${url.protocol}//${url.hostname}/*`;
}

/** The match patterns that access to these addresses' sites needs, each once; addresses that are not http(s) need none. */
export function hostPatterns(addresses: readonly string[]): string[] {
  return [...new Set(addresses.flatMap((address) => hostPattern(address) ?? []))];
}

/** The origin that a match pattern of one host means, with the usual port; null for patterns of many hosts. */
export function originOfPattern(pattern: string): string | null {
  return pattern.includes('://*') ? null : webOrigin(pattern.replace(/\/\*$/, ''));
}

/** Is this a match pattern of one host, or one of `ALL_SITES`? */
export function isMatchPattern(pattern: string): boolean {
  return /^https?:\/\/[^/]+\/\*$/.test(pattern);
}

/** The origin of an http(s) address, like `https://example.org:8080`; null for any other. */
export function webOrigin(address: string | undefined): string | null {
  const url = address === undefined ? null : URL.parse(address);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
    ? url.origin
    : null;
}
