import { boxOf, setAttribute } from '../dom';

/** So long a button has been seen in one place, with nothing over it, before a press on it counts, ms. */
const SEEN_MS = 500;
/** How often it is looked at, ms: the least that the browser allows. */
const LOOK_MS = 100;
/** A button that has moved farther is another one to the eye, CSS px. */
const SAME_PLACE_PX = 8;
/** The second version of the interface, which TypeScript does not know yet. */
const OPTIONS: IntersectionObserverInit & { trackVisibility: true; delay: number } = {
  trackVisibility: true,
  delay: LOOK_MS,
};
/** Looks at a button that is out of the page, after which it is taken for gone. */
const MAX_ABSENCES = 20;

/**
 * Guards a button of ours against presses that were meant for something of the page: what lay over it a
 * moment ago, also where hits pass through, or what the button was moved under. While a press would not
 * count, the button is shown and told as disabled. Ends when the button has left the page.
 * @returns whether a press counts now
 */
export function createPressGuard(button: HTMLButtonElement): () => boolean {
  let seenSince = Infinity;
  let place = { x: 0, y: 0 };
  let absences = 0;
  const read = (entries: readonly IntersectionObserverEntry[]) => {
    const last = entries.at(-1);
    if (last === undefined) return;
    if (!isUncovered(last)) seenSince = Infinity;
    else if (seenSince === Infinity) seenSince = performance.now();
  };
  const sight = new IntersectionObserver(read, OPTIONS);
  sight.observe(button);

  const isSeen = (): boolean => {
    read(sight.takeRecords());
    const { x, y } = boxOf(button);
    if (Math.hypot(x - place.x, y - place.y) > SAME_PLACE_PX) {
      place = { x, y };
      if (seenSince !== Infinity) seenSince = performance.now();
    }
    const isSeenNow = performance.now() - seenSince >= SEEN_MS;
    setAttribute(button, 'aria-disabled', String(!isSeenNow));
    return isSeenNow;
  };
  const look = () => {
    isSeen();
    absences = button.isConnected ? 0 : absences + 1;
    if (absences <= MAX_ABSENCES) return;
    clearInterval(looking);
    sight.disconnect();
  };
  const looking = setInterval(look, LOOK_MS);
  isSeen();
  return isSeen;
}

/** Browsers that cannot tell whether something covers it say whether it is in view. */
function isUncovered(entry: IntersectionObserverEntry & { isVisible?: boolean }): boolean {
  return entry.isVisible ?? entry.isIntersecting;
}
