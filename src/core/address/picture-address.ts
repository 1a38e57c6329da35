/** What is kept of a `data:` address in records: enough to tell its type. */
const MAX_DATA_ADDRESS_LENGTH = 64;
/** Longer addresses are cut in records; the worker refuses them. */
const MAX_ADDRESS_LENGTH = 2048;

/** Can the service worker ask for it? `data:`, `blob:`, `file:` and the like are the page's own. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

/** The address from which browsers load a picture of the web for this page: of a page of https, by https. */
export function loadedAddress(address: string, pageAddress: string): string {
  return /^https:/i.test(pageAddress) ? address.replace(/^http:/i, 'https:') : address;
}

/** Is this address readable without asking another site: same origin, `data:` or `blob:`? */
export function isOwnAddress(address: string, pageOrigin: string): boolean {
  if (/^(data|blob):/i.test(address)) return true;
  return URL.parse(address)?.origin === pageOrigin;
}

/** Does the address say that it is an SVG? Only a guess: the type that the server sent is not known here. */
export function looksLikeSvg(address: string): boolean {
  // Not parsed: it may be megabytes long.
  if (/^data:/i.test(address)) return /^data:image\/svg\+xml/i.test(address);
  return /\.svgz?$/i.test(URL.parse(address)?.pathname ?? '');
}

/** An address as records hold it: a `data:` one is cut to 64 characters. */
export function recordedAddress(address: string): string {
  return address.slice(0, /^data:/i.test(address) ? MAX_DATA_ADDRESS_LENGTH : MAX_ADDRESS_LENGTH);
}
