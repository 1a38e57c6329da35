/** How CSS draws an image as a background; computed values of one layer. */
export interface BackgroundLayer {
  size: string;
  position: string;
  repeat: string;
}

/** CSS px. */
export interface Size {
  width: number;
  height: number;
}

/** CSS px, or shares of a box. */
export interface PlacedSize extends Size {
  x: number;
  y: number;
}

/** A longer value is no length that a browser computes. */
const MAX_LENGTH = 100;

/** Parts with a letter between them that stands outside of brackets. */
function partsOf(list: string, isBetween: (letter: string) => boolean): string[] {
  const parts: string[] = [];
  let start = 0;
  let open = 0;
  for (let at = 0; at <= list.length; at += 1) {
    const letter = list[at];
    if (letter === '(') open += 1;
    else if (letter === ')') open -= 1;
    else if (letter === undefined || (open === 0 && isBetween(letter))) {
      parts.push(list.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts;
}

/** The part for one layer of a computed list; a list that is shorter than the layers begins again. */
export function layerPart(list: string, layer: number): string {
  const parts = partsOf(list, (letter) => letter === ',');
  return parts[layer % parts.length] ?? '';
}

/** A computed length or percentage, also `calc(100% - 10px)`; null for `auto`. @param whole of the percentage */
function lengthOf(value: string | undefined, whole: number): number | null {
  if (value === undefined || value.length > MAX_LENGTH || !/\d/.test(value)) return null;
  let length = 0;
  let sign = 1;
  let number = 0;
  for (const [token] of value.matchAll(/[\d.]+|px|[-%]/g)) {
    if (token === '-') sign = -1;
    else if (token === 'px' || token === '%') {
      length += sign * number * (token === '%' ? whole / 100 : 1);
      sign = 1;
    } else number = Number(token);
  }
  return length;
}

/** Splits `10px calc(100% - 5px)` at the spaces outside of brackets. */
function axes(value: string): [string | undefined, string | undefined] {
  const [first, second] = partsOf(value, (letter) => letter === ' ').filter(Boolean);
  return [first, second];
}

function tileOf(size: string, box: Size, natural: Size): Size {
  if (size === 'cover' || size === 'contain') {
    const ratios = [box.width / natural.width, box.height / natural.height];
    const scale = size === 'cover' ? Math.max(...ratios) : Math.min(...ratios);
    return { width: natural.width * scale, height: natural.height * scale };
  }
  const [across, down] = axes(size);
  const width = lengthOf(across, box.width);
  const height = lengthOf(down, box.height);
  if (width !== null) {
    return { width, height: height ?? (width * natural.height) / natural.width };
  }
  return height === null ? natural : { width: (height * natural.width) / natural.height, height };
}

/** How much of a tile lies in the box along one axis; repeated ones are counted once. */
function extent(whole: number, tile: number, position: string | undefined, isRepeated: boolean) {
  if (isRepeated) return Math.min(whole, tile);
  // A percentage is of the room that the tile leaves, which is what its place is then.
  const start = lengthOf(position, whole - tile) ?? 0;
  return Math.max(0, Math.min(whole, start + tile) - Math.max(0, start));
}

/** Where in its box the first tile is drawn, CSS px from the box's corner; it may reach beyond. */
export function tileBox(size: string, position: string, box: Size, natural: Size): PlacedSize {
  const tile = tileOf(size, box, natural);
  const [left, top] = axes(position);
  return {
    ...tile,
    x: lengthOf(left, box.width - tile.width) ?? 0,
    y: lengthOf(top, box.height - tile.height) ?? 0,
  };
}

/**
 * How much of its box the largest tile of a background covers, CSS px squared: an icon or the dot of
 * a pattern covers little, however often it is drawn.
 * @param box where backgrounds are drawn, CSS px
 * @param natural the picture's own size, CSS px
 */
export function paintedArea(
  { size, position, repeat }: BackgroundLayer,
  box: Size,
  natural: Size,
): number {
  const tile = tileOf(size, box, natural);
  const [left, top] = axes(position);
  const [across, down] = axes(repeat);
  const isRepeatedAcross = across !== 'no-repeat' && across !== 'repeat-y';
  const isRepeatedDown = (down ?? across) !== 'no-repeat' && across !== 'repeat-x';
  const area =
    extent(box.width, tile.width, left, isRepeatedAcross) *
    extent(box.height, tile.height, top, isRepeatedDown);
  // Of a box without a size nothing is seen.
  return Number.isFinite(area) ? area : 0;
}
