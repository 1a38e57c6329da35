import { looksLikeSvg } from '../../core/address/picture-address';

/** Pictures are compared as squares of so many pixels a side. */
const SIDE_PX = 16;
/** From here on two are one picture: scaled, cropped a little, compressed, or in other colours. */
const MIN_CORRELATION = 0.9;
/** So many pictures of a frame are read for this. */
const MAX_READ = 200;

/** What a picture looks like, small: how bright and how opaque, place by place. */
type Print = readonly [light: readonly number[], opacity: readonly number[]];

/** `photo.jpg` of `photo-300x200@2x.jpg`: the same file as servers and programs name its sizes. */
const SIZE =
  /(?:[-_.@](?:\d{1,4}x\d{1,4}|\d{1,4}w|\d{1,4}px|[1-4]x|thumb(?:nail)?|small|medium|large|scaled))$/iu;

/** The last part of an address, without what only tells how large the file is. */
export function fileOf(address: string): string {
  const path = URL.parse(address)?.pathname ?? address;
  const name = path.split('/').at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  let stem = dot > 0 ? name.slice(0, dot) : name;
  for (let size = SIZE.exec(stem); size !== null; size = SIZE.exec(stem)) {
    stem = stem.slice(0, size.index);
  }
  return stem.toLowerCase();
}

/** Before a source is chosen there is only the one that is written. */
function addressOf(image: HTMLImageElement): string {
  return image.currentSrc || image.src;
}

function readPrint(image: HTMLImageElement): Print | null {
  if (!image.complete || image.naturalWidth === 0) return null;
  const context = new OffscreenCanvas(SIDE_PX, SIDE_PX).getContext('2d', {
    willReadFrequently: true,
  });
  if (context === null) return null;
  context.imageSmoothingQuality = 'high';
  const light: number[] = [];
  const opacity: number[] = [];
  try {
    context.drawImage(image, 0, 0, SIDE_PX, SIDE_PX);
    const { data } = context.getImageData(0, 0, SIDE_PX, SIDE_PX);
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
      light.push(((red + 2 * green + blue) * alpha) / 1020);
      opacity.push(alpha);
    }
  } catch {
    // Of another site: the page may not read it, so neither may we.
    return null;
  }
  return [light, opacity];
}

/** Pearson's, from -1 to 1; null where one of the two is of one value only. */
function correlation(one: readonly number[], other: readonly number[]): number | null {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [oneMean, otherMean] = [mean(one), mean(other)];
  let [both, oneSquares, otherSquares] = [0, 0, 0];
  one.forEach((value, place) => {
    const [a, b] = [value - oneMean, (other[place] ?? 0) - otherMean];
    both += a * b;
    oneSquares += a * a;
    otherSquares += b * b;
  });
  // Of one value but for rounding.
  if (Math.min(oneSquares, otherSquares) < one.length) return null;
  return both / Math.sqrt(oneSquares * otherSquares);
}

/** Are they one picture: the same shape in whatever colours, or the same lights? */
function isAlike([light, opacity]: Print, [otherLight, otherOpacity]: Print): boolean {
  const shape = correlation(opacity, otherOpacity);
  if (shape !== null) return shape >= MIN_CORRELATION;
  const isFlat = (values: readonly number[]) => new Set(values).size === 1;
  if (isFlat(opacity) !== isFlat(otherOpacity)) return false;
  const lights = correlation(light, otherLight);
  if (lights !== null) return lights >= MIN_CORRELATION;
  const first = (values: readonly number[]) => values[0] ?? 0;
  return isFlat(light) && isFlat(otherLight) && Math.abs(first(light) - first(otherLight)) < 8;
}

/**
 * Tells of images of a frame whether two show the same picture, by their pixels; null where the page may not
 * read these, or they have none of their own, and their files are not named the same: one picture may lie at
 * two addresses.
 */
export function createSamePicture(): (
  one: HTMLImageElement,
  other: HTMLImageElement,
) => boolean | null {
  const prints = new Map<string, Print | null>();
  const printOf = (image: HTMLImageElement): Print | null => {
    const address = addressOf(image);
    let print = prints.get(address);
    if (print === undefined) {
      print = prints.size < MAX_READ ? readPrint(image) : null;
      prints.set(address, print);
    }
    return print;
  };
  return (one, other) => {
    const [address, otherAddress] = [addressOf(one), addressOf(other)];
    const [oneFile, otherFile] = [fileOf(address), fileOf(otherAddress)];
    const isFile = oneFile === otherFile && oneFile !== '' ? true : null;
    // Drawings have no pixels of their own, and what has none can be told by its file alone.
    if (looksLikeSvg(address) || looksLikeSvg(otherAddress)) return isFile;
    const [print, otherPrint] = [printOf(one), printOf(other)];
    return print === null || otherPrint === null ? isFile : isAlike(print, otherPrint);
  };
}
