import { childrenOf, getAttribute, isHere, parentElementOf, queryAll } from '../dom';
import { picturesOf, type PictureOnPage } from '../find/picture';

/** How often the element is looked at, ms. */
const LOOK_MS = 500;
/** So many looks in a row must differ: a page may take a picture away and put it back within one. */
const LOOKS = 2;

/** What the page wrote of an image's files: of those the browser may choose another one at any time. */
function writtenOf(image: Element): string {
  const around = parentElementOf(image);
  const sources = around instanceof HTMLPictureElement ? childrenOf(around) : [];
  return [image, ...sources]
    .map((one) => `${getAttribute(one, 'src') ?? ''} ${getAttribute(one, 'srcset') ?? ''}`)
    .join('\n');
}

function isElsewhere({ kind, address }: PictureOnPage): boolean {
  return (
    kind === 'image' && [...queryAll(document, 'img')].some((one) => one.currentSrc === address)
  );
}

/**
 * Tells once that an element shows another picture than it did, or that it left the page and no other
 * image shows its picture. A canvas and a video always show "theirs".
 */
export function onceChanged(
  picture: PictureOnPage,
  signal: AbortSignal,
  onChanged: (how: 'changed' | 'gone') => void,
): void {
  const { kind, element, address } = picture;
  const written = writtenOf(element);
  const isShown = () =>
    picturesOf(element).some(
      (now) =>
        now.kind === kind &&
        (now.address === address || (kind === 'image' && writtenOf(element) === written)),
    );
  let misses = 0;
  const look = () => {
    const isGone = !isHere(element);
    if (isGone ? isElsewhere(picture) : isShown()) {
      misses = 0;
      return;
    }
    misses += 1;
    if (misses < LOOKS) return;
    clearInterval(looking);
    onChanged(isGone ? 'gone' : 'changed');
  };
  const looking = setInterval(look, LOOK_MS);
  signal.addEventListener('abort', () => {
    clearInterval(looking);
  });
}
