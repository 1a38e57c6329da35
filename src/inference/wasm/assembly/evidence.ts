/** Is every pixel of an RGBA picture opaque? */
export function isOpaque(picture: usize, pixels: i32): bool {
  let every = i32x4.splat(-1);
  const end = picture + ((<usize>pixels) << 2);
  let at = picture;
  for (; at + 16 <= end; at += 16) every = v128.and(every, v128.load(at));
  let alpha = i32x4.extract_lane(every, 0) & i32x4.extract_lane(every, 1);
  alpha &= i32x4.extract_lane(every, 2) & i32x4.extract_lane(every, 3);
  for (; at < end; at += 4) alpha &= load<i32>(at);
  return (<u32>alpha) >> 24 == 255;
}

/** The largest difference of a channel between pixels, in four i32 lanes. */
function differences(one: v128, other: v128): v128 {
  const channels = v128.or(i8x16.sub_sat_u(one, other), i8x16.sub_sat_u(other, one));
  const greens = i32x4.shr_u(channels, 8);
  const blues = i32x4.shr_u(channels, 16);
  return v128.and(i8x16.max_u(i8x16.max_u(channels, greens), blues), i32x4.splat(0xff));
}

/**
 * How many pairs of neighbouring pixels differ, and how many of them a lot.
 * @param picture RGBA, opaque; up to four pixels behind the last are read.
 * @param flatBelow a pair that differs by less in every channel counts as flat.
 * @param edgeAbove a pair that differs by more in some channel counts as an edge.
 * @param counts `[2]` i32: pairs that are not flat, edges.
 */
export function countNeighbours(
  picture: usize,
  width: i32,
  height: i32,
  flatBelow: i32,
  edgeAbove: i32,
  counts: usize,
): void {
  const rowBytes = (<usize>width) << 2;
  const flat = i32x4.splat(flatBelow - 1);
  const edge = i32x4.splat(edgeAbove);
  const lanes = i32x4(0, 1, 2, 3);
  let notFlat = i32x4.splat(0);
  let edges = i32x4.splat(0);
  for (let y = 0; y < height; y++) {
    const hasBelow = y + 1 < height;
    for (let x = 0; x < width; x += 4) {
      const at = picture + ((<usize>x) << 2);
      const pixels = v128.load(at);
      let difference = differences(pixels, v128.load(at, 4));
      // The last pixel of a row has none beside it.
      difference = v128.and(difference, i32x4.lt_s(lanes, i32x4.splat(width - 1 - x)));
      notFlat = i32x4.sub(notFlat, i32x4.gt_s(difference, flat));
      edges = i32x4.sub(edges, i32x4.gt_s(difference, edge));
      if (hasBelow) {
        difference = differences(pixels, v128.load(at + rowBytes));
        difference = v128.and(difference, i32x4.lt_s(lanes, i32x4.splat(width - x)));
        notFlat = i32x4.sub(notFlat, i32x4.gt_s(difference, flat));
        edges = i32x4.sub(edges, i32x4.gt_s(difference, edge));
      }
    }
    picture += rowBytes;
  }
  store<i32>(counts, sumOf(notFlat));
  store<i32>(counts, sumOf(edges), 4);
}

function sumOf(values: v128): i32 {
  return (
    i32x4.extract_lane(values, 0) +
    i32x4.extract_lane(values, 1) +
    i32x4.extract_lane(values, 2) +
    i32x4.extract_lane(values, 3)
  );
}

/**
 * How many pixels have the commonest colour, and how many one of the next ones; a colour is the upper
 * four bits of each channel.
 * @param picture RGBA, opaque. @param table `[4096]` i32. @param best `[top + 1]` i32.
 * @param counts `[2]` i32: of the commonest colour, of the `top` next ones together.
 */
export function countColours(
  picture: usize,
  pixels: i32,
  top: i32,
  table: usize,
  best: usize,
  counts: usize,
): void {
  memory.fill(table, 0, 4096 << 2);
  memory.fill(best, 0, (<usize>(top + 1)) << 2);
  for (let end = picture + ((<usize>pixels) << 2); picture < end; picture += 4) {
    const pixel = load<u32>(picture);
    const colour = ((pixel & 0xf0) << 4) | ((pixel >> 8) & 0xf0) | ((pixel >> 20) & 0xf);
    const entry = table + ((<usize>colour) << 2);
    store<i32>(entry, load<i32>(entry) + 1);
  }
  const lastBest = best + ((<usize>top) << 2);
  for (let entry = table; entry < table + (4096 << 2); entry += 4) {
    const count = load<i32>(entry);
    if (count <= load<i32>(lastBest)) continue;
    let place = lastBest;
    for (; place > best && load<i32>(place - 4) < count; place -= 4) {
      store<i32>(place, load<i32>(place - 4));
    }
    store<i32>(place, count);
  }
  let next = 0;
  for (let place = best + 4; place <= lastBest; place += 4) next += load<i32>(place);
  store<i32>(counts, load<i32>(best));
  store<i32>(counts, next, 4);
}
