/** What the browser notes of this document's requests for an address; nothing where the page keeps no notes. */
export function timingsAt(address: string): PerformanceResourceTiming[] {
  const names = new Set([address, address.replace(/#.*/s, '')]);
  return [...names]
    .flatMap((name) => performance.getEntriesByName(name, 'resource'))
    .filter((entry) => entry instanceof PerformanceResourceTiming);
}
