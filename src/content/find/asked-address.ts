import { addressOf, baseAddressOf, getAttribute } from '../dom';
import { heldSize } from './held-picture';

/** Pages change what addresses begin with once or twice. */
const MAX_BASES = 8;

/** What addresses of this page have begun with so far, the newest last. */
const bases = new Set<string>([addressOf(document)]);

/**
 * An address as the page asked for it. What its addresses begin with (`<base href>`) holds for what is asked
 * for from then on: what was loaded before is shown on, under the address of its time.
 * @param written as the attribute has it
 * @returns empty where it is none
 */
export function askedAddress(element: Element, written: string | null): string {
  if (written === null || written.trim() === '') return '';
  const base = baseAddressOf(element);
  if (!bases.has(base) && bases.size < MAX_BASES) bases.add(base);
  const now = URL.parse(written, base)?.href ?? '';
  if (bases.size === 1 || heldSize(now) !== null) return now;
  const others = Array.from(bases, (each) => URL.parse(written, each)?.href ?? now);
  return others.findLast((each) => each !== now && heldSize(each) !== null) ?? now;
}

/** What the browser's own menu calls the picture of an element now, wherever it came from; empty for none. */
export function addressByBase(element: Element): string {
  const [written] = ['src', 'poster', 'data', 'href'].flatMap(
    (name) => getAttribute(element, name) ?? [],
  );
  return written === undefined ? '' : (URL.parse(written, baseAddressOf(element))?.href ?? '');
}
