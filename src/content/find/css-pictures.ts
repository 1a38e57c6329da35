import type { CssImage } from '../../core/address/css-image';
import {
  layerPart,
  paintedArea,
  type BackgroundLayer,
  type Size,
} from '../../core/look/painted-area';
import { boxOf, clientHeightOf, clientWidthOf, matches } from '../dom';
import { heldSize, isUnseen } from './held-picture';
import { readStyles } from './read-styles';

/** A picture that CSS shows in an element. */
export interface CssPicture {
  kind: 'css';
  element: Element;
  address: string;
  /** How it is drawn as a background; null for content. */
  layer: BackgroundLayer | null;
  /** The part of the element that shows it; null for the element itself. */
  pseudo: string | null;
}

export interface CssPictures {
  /** What is seen most of first; what is known to show nothing last. */
  pictures: CssPicture[];
  /** The content of the style takes the place of what the element shows by itself. */
  isReplaced: boolean;
}

/** They show what they are, whatever the style says of their content. */
const KEEPS_CONTENT =
  'canvas, svg, svg *, object, embed, iframe, frame, input, button, textarea, select, meter, progress';
/** Nothing before or after is drawn in them. */
const HAS_NO_PSEUDO =
  'img, video, audio, canvas, svg, svg *, object, embed, iframe, frame, input, textarea, select';

/** A picture as a `data:` address that is shorter is an icon or one tile of a pattern. */
const MAX_SMALL_ADDRESS_LENGTH = 8192;
const SMALL: Size = { width: 40, height: 40 };

/** More layers, and more candidates for one, are not looked at. */
const MAX_LAYERS = 32;
const MAX_CANDIDATES = 8;

/** A picture as a style names it, and how many of its pixels go to a CSS pixel. */
interface Named {
  picture: CssPicture;
  density: number;
}

/** The candidate that the page has, where that is not the one to be expected. */
function shownCandidate(image: CssImage): CssImage[number] | undefined {
  const [expected, ...others] = image.slice(0, MAX_CANDIDATES);
  if (expected === undefined || others.length === 0 || heldSize(expected.address) !== null) {
    return expected;
  }
  return others.find(({ address }) => heldSize(address) !== null) ?? expected;
}

function named(
  element: Element,
  pseudo: string | null,
  image: CssImage,
  layer: BackgroundLayer | null,
): Named[] {
  const shown = shownCandidate(image);
  if (shown === undefined) return [];
  const picture: CssPicture = { kind: 'css', element, address: shown.address, layer, pseudo };
  return [{ picture, density: shown.density }];
}

function backgrounds(element: Element, pseudo: string | null, images: readonly CssImage[]) {
  if (images.every(({ length }) => length === 0)) return [];
  const style = getComputedStyle(element, pseudo);
  const { backgroundSize, backgroundPosition, backgroundRepeat, backgroundClip } = style;
  return images.slice(0, MAX_LAYERS).flatMap((image, place) =>
    // In letters alone, no picture is seen.
    layerPart(backgroundClip, place) === 'text'
      ? []
      : named(element, pseudo, image, {
          size: layerPart(backgroundSize, place),
          position: layerPart(backgroundPosition, place),
          repeat: layerPart(backgroundRepeat, place),
        }),
  );
}

/** The pictures that CSS shows in the element: its content, those of its pseudo-elements, its backgrounds. */
export function cssPictures(element: Element): CssPictures {
  const styles = readStyles(element, !matches(element, HAS_NO_PSEUDO));
  const own = styles.content;
  // An image whose content is an image and something else shows nothing.
  const isReplaced =
    own.isImageFirst &&
    (own.isSingle || element instanceof HTMLImageElement) &&
    !matches(element, KEEPS_CONTENT);
  const contents = (pseudo: string | null, images: readonly CssImage[]) =>
    images.slice(0, MAX_LAYERS).flatMap((image) => named(element, pseudo, image, null));
  const found = isReplaced && own.isSingle ? contents(null, own.images) : [];
  for (const [pseudo, part] of isReplaced ? [] : styles.pseudos) {
    found.push(...contents(pseudo, part.content.images));
    found.push(...backgrounds(element, pseudo, part.backgrounds));
  }
  found.push(...backgrounds(element, null, styles.backgrounds));
  return { pictures: mostSeenFirst(found), isReplaced };
}

function mostSeenFirst(found: readonly Named[]): CssPicture[] {
  if (found.length < 2) return found.map(({ picture }) => picture);
  return found
    .map((each) => ({ picture: each.picture, area: areaOf(each) }))
    .sort((one, other) => other.area - one.area)
    .map(({ picture }) => picture);
}

/** How much of a picture is seen, CSS px squared. */
export function seenArea(picture: CssPicture): number {
  return areaOf({ picture, density: 1 });
}

/**
 * How much of it is seen, CSS px squared; less than nothing where the page shows nothing of it.
 * Of equal ones the first is drawn over the others.
 */
function areaOf({ picture: { element, address, layer, pseudo }, density }: Named): number {
  if (isUnseen(address)) return -1;
  const around = boxAround(element);
  const held = heldSize(address);
  let natural = around;
  if (held !== null) natural = { width: held.width / density, height: held.height / density };
  else if (address.length < MAX_SMALL_ADDRESS_LENGTH && address.startsWith('data:'))
    natural = SMALL;
  const box = pseudo === null ? around : (boxOfPseudo(element, pseudo) ?? natural);
  if (layer !== null) return paintedArea(layer, box, natural);
  // What replaces an element fills it; what a pseudo-element holds has its own size.
  const { width, height } = pseudo === null ? box : natural;
  return Math.min(width, around.width) * Math.min(height, around.height);
}

function boxAround(element: Element): Size {
  const width = clientWidthOf(element);
  const height = clientHeightOf(element);
  // An inline element has no box of its own.
  return width > 0 && height > 0 ? { width, height } : boxOf(element);
}

/** Null for one that is as large as what is in it. */
function boxOfPseudo(element: Element, pseudo: string): Size | null {
  const style = getComputedStyle(element, pseudo);
  const width = parseFloat(style.width);
  const height = parseFloat(style.height);
  return width >= 0 && height >= 0 ? { width, height } : null;
}
