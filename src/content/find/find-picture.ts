import { CodedError } from '../../core/errors';
import type { FrameFields } from '../../messages/frame-messages';
import { elementOfMenu } from '../../platform/menu-target';
import {
  bodyOf,
  boxOf,
  contains,
  documentElementOf,
  isHere,
  isDrawn,
  matches,
  parentElementOf,
  queryAll,
} from '../dom';
import { seenArea } from './css-pictures';
import {
  PICTURE_SELECTOR,
  isSpacer,
  picturesOf,
  type Picture,
  type PictureOnPage,
} from './picture';
import { subjectAt } from '../layer';
import { addressByBase } from './asked-address';
import {
  branchOf,
  isClippedAt,
  isInside,
  isPaintedOver,
  opacityOf,
  passesHits,
  unseenOf,
} from './paint-order';
import { isCanvasPicture } from './painted-box';
import { isClearAt, isOpaque } from './placeholder';
import type { Pointed } from './pointer-memory';
import {
  composedAncestors,
  elementsAt,
  focusedElement,
  hoveredElements,
  queryDeep,
} from './shadow-roots';

type Request = FrameFields<'describeImage'>;
type Target = Pick<Request, 'target' | 'srcUrl'>;

/** A picture without pointer events lies in the same part of the page as what was hit: so far up is looked. */
const MAX_LEVELS_UP = 6;
/** Larger ones, CSS px squared, are no sign to play or to enlarge another. */
const MAX_SIGN_AREA = 128 * 128;
/** An ancestor with more pictures than this is a whole page, not the surroundings of one picture. */
const MAX_PICTURES_AROUND = 60;
/** Through what is less opaque, pictures are seen. */
const MIN_COVERING = 0.9;
/** What lies below so many pictures is not looked at for what passes over it. */
const MAX_LOOKED_OVER = 8;

function centreOf(element: Element): { x: number; y: number } {
  const { left, top, width, height } = boxOf(element);
  return { x: left + width / 2, y: top + height / 2 };
}

/** Where the pointer is: as heard, else the middle of what it hovers over. */
function pointed(remembered: Pointed | null): Pointed | null {
  const [first] = remembered?.elements ?? [];
  if (first !== undefined && isHere(first)) return remembered;
  const hovered = hoveredElements();
  const [innermost] = hovered;
  if (innermost === undefined) return null;
  const { x, y } = centreOf(innermost);
  // Under an overlay that is hovered lies what it covers; the page's root covers everything, so nothing.
  const isSpecific = innermost !== bodyOf(document) && innermost !== documentElementOf(document);
  const below = isSpecific ? elementsAt(x, y) : [];
  return { x, y, elements: [...new Set([...hovered, ...below])] };
}

/**
 * Where the menu was opened, by the element that the browser itself tells: Firefox does, also where the page
 * hid the event, before any script of ours was there, and for the menu key.
 * @param menuTarget what the browser calls that element
 * @param heard the last place that was heard of, which may be an earlier one
 */
export function pointedAt(menuTarget: number | null, heard: Pointed | null): Pointed | null {
  const target = menuTarget === null ? null : elementOfMenu(menuTarget);
  // An area of an image map lies nowhere.
  if (!(target instanceof Element) || matches(target, 'area')) return heard;
  const place = heard?.elements.indexOf(target) ?? -1;
  if (heard !== null && place >= 0) return { ...heard, elements: heard.elements.slice(place) };
  const { x, y } = centreOf(target);
  const below = elementsAt(x, y);
  const isHit = below.includes(target);
  const elements = isHit ? below.slice(below.indexOf(target)) : [...composedAncestors(target)];
  return { x, y, elements };
}

/** Pictures that hits pass through, near what was hit and under the point, topmost first. */
function picturesPassedThrough(hit: Element, x: number, y: number): PictureOnPage[] {
  const found: Element[] = [];
  let level = 0;
  for (const around of composedAncestors(hit)) {
    level += 1;
    if (level > MAX_LEVELS_UP || around === bodyOf(document)) break;
    const near = [...queryAll(around, PICTURE_SELECTOR)];
    if (near.length > MAX_PICTURES_AROUND) break;
    const under = near.filter(
      (each) => !found.includes(each) && isDrawn(each) && isInside(boxOf(each), x, y),
    );
    found.push(...(found.length === 0 ? under : under.filter(passesHits)));
  }
  return found.sort((one, other) => (isPaintedOver(one, other) ? -1 : 1)).flatMap(picturesOf);
}

/** Does a picture that hits pass through hide what was hit? A veil or a watermark does not. */
function isPassedOver(picture: PictureOnPage, hit: Element, x: number, y: number): boolean {
  const { kind, element } = picture;
  return (
    passesHits(element) &&
    (kind === 'image' || kind === 'canvas' ? isOpaque(element) : kind === 'video') &&
    !isClippedAt(element, x, y) &&
    opacityOf(branchOf(element, hit)) >= MIN_COVERING &&
    isPaintedOver(element, hit)
  );
}

/** What an element shows; the root also what is the body's and drawn on the whole canvas. */
function picturesAt(element: Element): PictureOnPage[] {
  const body = bodyOf(document) as Element | null;
  const own = picturesOf(element);
  if (body === null || element !== documentElementOf(document)) return own;
  return [...own, ...picturesOf(body).filter(isCanvasPicture)];
}

function areaOf(picture: PictureOnPage): number {
  if (picture.kind === 'css') return seenArea(picture);
  const { width, height } = boxOf(picture.element);
  return width * height;
}

/**
 * Is it drawn upon the picture that is meant: a sign to play it, or a drawing of which nothing is under the
 * pointer?
 */
function isUpon(picture: PictureOnPage, elements: Element[], below: PictureOnPage[]): boolean {
  const { kind, element } = picture;
  if (below.length === 0 || (kind !== 'css' && kind !== 'svg')) return false;
  const isMissed =
    kind === 'svg' && !elements.some((hit) => hit !== element && contains(element, hit));
  const area = areaOf(picture);
  const isSign = area < MAX_SIGN_AREA && below.some((other) => area * 4 < areaOf(other));
  return isSign || (isMissed && elements.includes(element));
}

/** The higher, the later a picture is meant. */
const RANK = { seen: 0, upon: 1, clear: 2, spacer: 3, unseen: 4 };

/** Is a picture below it what is seen at the point, through an overlay with marks over all of that? */
function isSeenThrough(
  { kind, element }: PictureOnPage,
  { x, y }: Pointed,
  below: PictureOnPage[],
): boolean {
  if (kind !== 'image' && kind !== 'canvas') return false;
  const box = boxOf(element);
  const isOver = (under: DOMRect) => {
    const width = Math.min(box.right, under.right) - Math.max(box.left, under.left);
    const height = Math.min(box.bottom, under.bottom) - Math.max(box.top, under.top);
    return width >= MIN_COVERING * under.width && height >= MIN_COVERING * under.height;
  };
  return (
    isInside(box, x, y) &&
    below.some((other) => other.element !== element && isOver(boxOf(other.element))) &&
    isClearAt(element, (x - box.left) / box.width, (y - box.top) / box.height)
  );
}

function rankedUnder(at: Pointed): { picture: PictureOnPage; rank: number }[] {
  const { x, y, elements } = at;
  const [hit] = elements;
  const passed = hit === undefined ? [] : picturesPassedThrough(hit, x, y);
  const found: PictureOnPage[] = [];
  const add = (picture: PictureOnPage) => {
    const isKnown = found.some(
      ({ element, kind, address }) =>
        element === picture.element && kind === picture.kind && address === picture.address,
    );
    if (!isKnown) found.push(picture);
  };
  for (const element of elements) {
    const pictures = picturesAt(element);
    // A background lies below the pictures inside its element.
    if (pictures.length > 0) {
      const isOver = (one: PictureOnPage) =>
        contains(element, one.element) ||
        (found.length < MAX_LOOKED_OVER && isPassedOver(one, element, x, y));
      passed.filter(isOver).forEach(add);
    }
    pictures.forEach(add);
  }
  passed.forEach(add);
  const unseen = unseenAmong(found, at);
  const rank = (picture: PictureOnPage, place: number): number => {
    if (unseen.has(picture.element)) return RANK.unseen;
    if (isSpacer(picture)) return RANK.spacer;
    const below = found.slice(place + 1).filter(({ element }) => !unseen.has(element));
    if (isUpon(picture, elements, below)) return RANK.upon;
    return isSeenThrough(picture, at, below) ? RANK.clear : RANK.seen;
  };
  const ranked = found.map((picture, place) => ({ picture, rank: rank(picture, place) }));
  return ranked.sort((one, other) => one.rank - other.rank);
}

/** As it was when the pointer was there, where that is known. */
function unseenAmong(pictures: PictureOnPage[], { elements, unseen }: Pointed): Set<Element> {
  const all = pictures.map(({ element }) => element);
  if (unseen === undefined) return unseenOf(all);
  const others = unseenOf(all.filter((element) => !elements.includes(element)));
  return new Set([...unseen, ...others]);
}

/** Every picture under the pointer, topmost first, then what is drawn upon others, spacers, and what is unseen. */
export function picturesUnder(at: Pointed): PictureOnPage[] {
  return rankedUnder(at).map(({ picture }) => picture);
}

/**
 * What is seen of an element that the browser names by this address. Images are named by their own,
 * whatever a style shows in its place.
 */
function namedBy(srcUrl: string, element: Element): PictureOnPage | undefined {
  const pictures = picturesOf(element);
  if (element instanceof HTMLImageElement && element.currentSrc === srcUrl) return pictures[0];
  return pictures.find(
    ({ kind, address }) =>
      address === srcUrl || (kind === 'linked' && addressByBase(element) === srcUrl),
  );
}

/** What the person sees where the browser named the image that hits meet first, seen or not. */
function seenInstead(srcUrl: string, at: Pointed): PictureOnPage | undefined {
  const under = rankedUnder(at);
  const [exact] = under.flatMap(({ picture, rank }) => {
    const named = namedBy(srcUrl, picture.element);
    return named === undefined ? [] : [{ named, rank }];
  });
  const topmost = under.find(({ rank }) => rank <= RANK.upon)?.picture;
  if (exact === undefined || topmost === undefined) return exact?.named;
  const isUnseen = exact.rank > RANK.upon;
  return isUnseen || isPassedOver(topmost, exact.named.element, at.x, at.y) ? topmost : exact.named;
}

/** The image that the browser named by its address: the one pointed at, else the nearest of that address. */
function imageOf(srcUrl: string, at: Pointed | null): Picture {
  const seen = at === null ? undefined : seenInstead(srcUrl, at);
  if (seen !== undefined) return seen;

  const centre = at ?? { x: innerWidth / 2, y: innerHeight / 2 };
  let nearest: { picture: PictureOnPage; distance: number } | null = null;
  for (const element of queryDeep(PICTURE_SELECTOR)) {
    const picture = namedBy(srcUrl, element);
    if (picture === undefined) continue;
    const { left, right, top, bottom } = boxOf(element);
    const distance = Math.hypot(
      Math.max(left - centre.x, 0, centre.x - right),
      Math.max(top - centre.y, 0, centre.y - bottom),
    );
    if (nearest === null || distance < nearest.distance) nearest = { picture, distance };
  }
  return nearest?.picture ?? missingImage(srcUrl, at);
}

/** What Firefox shows in a document of its own, which may not be scripted; in other browsers it is an image. */
function embedded(srcUrl: string): PictureOnPage | undefined {
  return [...queryDeep('object, embed')]
    .flatMap(picturesOf)
    .find(({ address }) => address === srcUrl);
}

/** No element shows the address (any more). @throws CodedError `image-changed` where the one pointed at shows another */
function missingImage(srcUrl: string, at: Pointed | null): Picture {
  const isReplaced =
    at?.elements.some(
      (element) => element instanceof HTMLImageElement && element.currentSrc !== srcUrl,
    ) ?? false;
  if (isReplaced) throw new CodedError('image-changed', 'The image shows another address now.');
  return { kind: 'address', element: null, address: srcUrl };
}

/** More pictures than a link holds: what has the focus is a part of the page rather. */
const MAX_FOCUSED = 4;

/** The focused picture, or the few inside the focused element, in their order. */
export function focusedPictures(): PictureOnPage[] {
  const focused = focusedElement();
  if (focused === null) return [];
  const [own] = picturesOf(focused).filter(
    ({ kind }) => kind !== 'css' || focused instanceof HTMLImageElement,
  );
  if (own !== undefined) return [own];
  const inside = [...queryDeep(PICTURE_SELECTOR, focused)].filter(
    (element) => isDrawn(element) && !(parentElementOf(element) instanceof SVGElement),
  );
  return inside.length > MAX_FOCUSED ? [] : inside.flatMap((each) => picturesOf(each)[0] ?? []);
}

/** The focused picture, or the only one inside the focused element. */
export function focusedPicture(): PictureOnPage | null {
  const [only, ...others] = focusedPictures();
  return only !== undefined && others.length === 0 ? only : null;
}

/**
 * The picture that was asked about.
 * @throws CodedError `no-image-here`; `image-gone` or `image-changed` where the page was quicker
 */
export function findPicture({ target, srcUrl }: Target, remembered: Pointed | null): Picture {
  if (target === 'address' && srcUrl !== null) {
    return embedded(srcUrl) ?? { kind: 'address', element: null, address: srcUrl };
  }
  if (target === 'image' && srcUrl !== null) {
    const [first] = remembered?.elements ?? [];
    const isGone = first !== undefined && !isHere(first);
    const picture = imageOf(srcUrl, pointed(remembered));
    if (isGone && picture.kind === 'address') {
      throw new CodedError('image-gone', 'The image left the page.');
    }
    return picture;
  }
  // The shortcut asks about now; a context menu was opened where it was opened.
  const focused = target === 'focused' ? focusedPicture() : null;
  if (focused !== null) return focused;
  const at = pointed(target === 'focused' ? null : remembered);
  const subject = subjectAt(at?.elements ?? []);
  const under = at === null || subject !== null ? [] : picturesUnder(at);
  const picture = subject === null ? under[0] : subject.picture;
  if (!picture) throw new CodedError('no-image-here', 'No picture under the pointer.');
  return picture;
}
