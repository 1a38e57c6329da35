/** Which pages come next: breadth first, on one origin, where robots.txt allows. */
import robotsParser from 'robots-parser';

/** As robots.txt knows us. */
export const USER_AGENT = 'alt-lens-audit';

/** An address without its fragment, or null where it is none of a page. */
export function pageAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  return url.href;
}

/** Reads what a server allows. @returns null where the server has no such file */
export type ReadRobots = (address: string) => Promise<string | null>;

export interface Frontier {
  /** The next page, or null where none waits. */
  next: () => string | null;
  /** Offers pages that a page links to; what is known, elsewhere or not allowed stays out. */
  offer: (addresses: readonly string[]) => Promise<void>;
  /** How many pages were taken or wait. */
  readonly size: number;
}

/**
 * @param start pages that are asked for by a person, whatever robots.txt says
 * @param most pages in all, those of `start` included; null: only those of `start`
 */
export function createFrontier(
  start: readonly string[],
  most: number | null,
  readRobots: ReadRobots,
): Frontier {
  const known = new Set(start);
  const waiting = [...start];
  const origins = new Set(start.map((address) => new URL(address).origin));
  const limit = most === null ? known.size : Math.max(most, known.size);
  const robots = new Map<string, Promise<ReturnType<typeof robotsParser>>>();

  function rulesFor(origin: string): Promise<ReturnType<typeof robotsParser>> {
    const address = `${origin}/robots.txt`;
    const rules =
      robots.get(origin) ?? readRobots(address).then((text) => robotsParser(address, text ?? ''));
    robots.set(origin, rules);
    return rules;
  }

  return {
    next: () => waiting.shift() ?? null,
    offer: async (addresses) => {
      if (most === null) return;
      for (const offered of addresses) {
        if (known.size >= limit) return;
        const address = pageAddress(offered);
        if (address === null || known.has(address)) continue;
        const { origin } = new URL(address);
        if (!origins.has(origin)) continue;
        if ((await rulesFor(origin)).isDisallowed(address, USER_AGENT) === true) continue;
        // Others may have offered meanwhile.
        if (known.has(address) || known.size >= limit) continue;
        known.add(address);
        waiting.push(address);
      }
    },
    get size() {
      return known.size;
    },
  };
}
