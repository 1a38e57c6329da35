/** Bytes of four channels of one pixel. */
export const PIXEL_BYTES: i32 = 16;

/** ReLU6, on four values. */
export function relu6(values: v128): v128 {
  // pmin and pmax are one instruction; min and max, which order zeros and NaN, are several.
  return f32x4.pmin(f32x4.pmax(values, f32x4.splat(0)), f32x4.splat(6));
}

/** Zeroes the border of a map, `[planes][side + 2][side + 2][4]` f32: another map lay there before. */
export function clearBorder(map: usize, planes: i32, side: i32): void {
  const rowBytes = <usize>(side + 2) * PIXEL_BYTES;
  for (let plane = 0; plane < planes; plane++) {
    memory.fill(map, 0, rowBytes + PIXEL_BYTES);
    map += rowBytes;
    for (let y = 0; y < side; y++) {
      // The last pixel of this row and, behind it, the first of the next.
      const end = map + rowBytes - PIXEL_BYTES;
      v128.store(end, i32x4.splat(0));
      v128.store(end, i32x4.splat(0), 16);
      map += rowBytes;
    }
    memory.fill(map, 0, rowBytes);
    map += rowBytes;
  }
}
