/** A chain's sums are 16-bit integers: so much may its weights be in all, times 255. */
const CHAIN_LIMIT: i32 = 257;
/** Two products of bytes are added to a 16-bit integer: so much may two weights of a sign be, times 255. */
const PAIR_LIMIT: i32 = 128;
const REST_BYTES: usize = 36;

/**
 * Brings the stored weights of a pointwise convolution into the order in which products of two bytes
 * read them, and takes their zero point off. Weights that a chain's 16 bits may not hold are cut off,
 * and what was cut off is in the rests. `channels` is a multiple of 8, `depth` of 4 times `chain`.
 * @param source `[depth][channels]` uint8.
 * @param target `[channels / 8][depth / 4 / chain]` of: what a chain begins at, `[8][2]` int16, and
 *   the weights `[chain][8][4]` int8.
 * @param start `[channels]` int32: less what the chains begin at.
 * @param rests `[channels / 8]` of: the bytes that follow, int32; of each rest the first of its four
 *   inputs, int32, and the weights `[8][4]` int8.
 * @returns where the rests end.
 */
export function packChains(
  source: usize,
  depth: i32,
  channels: i32,
  zeroPoint: i32,
  chain: i32,
  target: usize,
  start: usize,
  rests: usize,
): usize {
  const zero = i16x8.splat(<i16>zeroPoint);
  const rowBytes = <usize>channels;
  for (let channel = 0; channel < channels; channel += 8) {
    let from = source + channel;
    let rest = rests + 4;
    let startA = i32x4.splat(0);
    let startB = i32x4.splat(0);
    for (let input = 0; input < depth; input += 4 * chain) {
      const chainFrom = from;
      const chainRests = rest;
      const weights = target + 32;
      let overA = i32x4.splat(0);
      let overB = i32x4.splat(0);
      let totalA = i32x4.splat(0);
      let totalB = i32x4.splat(0);
      let at = weights;
      for (let step = 0; step < chain; step++) {
        const first = i16x8.sub(v128.load8x8_u(from), zero);
        from += rowBytes;
        const second = i16x8.sub(v128.load8x8_u(from), zero);
        from += rowBytes;
        const third = i16x8.sub(v128.load8x8_u(from), zero);
        from += rowBytes;
        const fourth = i16x8.sub(v128.load8x8_u(from), zero);
        from += rowBytes;
        const upper = alternate(i8x16.narrow_i16x8_s(first, second));
        const lower = alternate(i8x16.narrow_i16x8_s(third, fourth));
        const foursA = v128.shuffle<i16>(upper, lower, 0, 8, 1, 9, 2, 10, 3, 11);
        const foursB = v128.shuffle<i16>(upper, lower, 4, 12, 5, 13, 6, 14, 7, 15);
        v128.store(at, foursA, 0);
        v128.store(at, foursB, 16);
        at += 32;
        const over0 = v128.or(isNoByte(first), isNoByte(second));
        const over1 = v128.or(isNoByte(third), isNoByte(fourth));
        overA = v128.or(overA, v128.shuffle<i16>(over0, over1, 0, 8, 1, 9, 2, 10, 3, 11));
        overB = v128.or(overB, v128.shuffle<i16>(over0, over1, 4, 12, 5, 13, 6, 14, 7, 15));
        overA = v128.or(overA, arePairsOver(foursA));
        overB = v128.or(overB, arePairsOver(foursB));
        totalA = i16x8.add(totalA, i16x8.sub(positives(foursA), negatives(foursA)));
        totalB = i16x8.add(totalB, i16x8.sub(positives(foursB), negatives(foursB)));
      }
      const limit = i16x8.splat(<i16>CHAIN_LIMIT);
      let over =
        i16x8.bitmask(v128.or(overA, i16x8.gt_s(totalA, limit))) |
        (i16x8.bitmask(v128.or(overB, i16x8.gt_s(totalB, limit))) << 8);
      for (; over != 0; over &= over - 1) {
        const lane = ctz(over);
        const pairs = weights + 2 * <usize>lane;
        const stored = chainFrom + <usize>(lane >> 1) + <usize>(2 * (lane & 1)) * rowBytes;
        cutPairs(pairs, stored, rowBytes, zeroPoint, chain);
        cutChain(pairs, chain);
        for (let step = 0; step < chain; step++) {
          const first = input + 4 * step;
          const pair = pairs + 32 * <usize>step;
          const row = stored + 4 * <usize>step * rowBytes;
          const slot = 2 * lane;
          const left = <i32>load<u8>(row) - zeroPoint - load<i8>(pair);
          rest = keepRest(chainRests, rest, first, slot, left);
          const right = <i32>load<u8>(row + rowBytes) - zeroPoint - load<i8>(pair, 1);
          rest = keepRest(chainRests, rest, first, slot + 1, right);
        }
      }
      at = weights;
      let negativeA = i32x4.splat(0);
      let negativeB = i32x4.splat(0);
      for (let step = 0; step < chain; step++) {
        negativeA = i16x8.add(negativeA, negatives(v128.load(at, 0)));
        negativeB = i16x8.add(negativeB, negatives(v128.load(at, 16)));
        at += 32;
      }
      // As low as 16 bits go where all inputs of negative weights are 255, and all others 0.
      const lowest = i16x8.splat(-32768);
      const offsetA = i16x8.sub(lowest, i16x8.mul(negativeA, i16x8.splat(255)));
      const offsetB = i16x8.sub(lowest, i16x8.mul(negativeB, i16x8.splat(255)));
      v128.store(target, offsetA, 0);
      v128.store(target, offsetB, 16);
      startA = i32x4.sub(startA, i32x4.extadd_pairwise_i16x8_s(offsetA));
      startB = i32x4.sub(startB, i32x4.extadd_pairwise_i16x8_s(offsetB));
      target = at;
    }
    v128.store(start, startA, 0);
    v128.store(start, startB, 16);
    start += 32;
    store<i32>(rests, <i32>(rest - rests - 4));
    rests = rest;
  }
  return rests;
}

/** The lower eight bytes and the upper ones, in turn. */
function alternate(bytes: v128): v128 {
  return v128.shuffle<i8>(bytes, bytes, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
}

function isNoByte(values: v128): v128 {
  return v128.or(i16x8.gt_s(values, i16x8.splat(127)), i16x8.lt_s(values, i16x8.splat(-128)));
}

/** Sums of two bytes each, of those above zero alone. */
function positives(bytes: v128): v128 {
  return i16x8.extadd_pairwise_i8x16_s(i8x16.max_s(bytes, i8x16.splat(0)));
}

/** The same of those below. */
function negatives(bytes: v128): v128 {
  return i16x8.extadd_pairwise_i8x16_s(i8x16.min_s(bytes, i8x16.splat(0)));
}

function arePairsOver(bytes: v128): v128 {
  return v128.or(
    i16x8.gt_s(positives(bytes), i16x8.splat(<i16>PAIR_LIMIT)),
    i16x8.lt_s(negatives(bytes), i16x8.splat(<i16>-PAIR_LIMIT)),
  );
}

/** Cuts the weights of a lane to bytes, and two of a sign to the limit of a pair. */
function cutPairs(pairs: usize, stored: usize, rowBytes: usize, zeroPoint: i32, chain: i32): void {
  for (let step = 0; step < chain; step++) {
    let left = cutTo(127, <i32>load<u8>(stored) - zeroPoint);
    let right = cutTo(127, <i32>load<u8>(stored + rowBytes) - zeroPoint);
    if (left < 0 == right < 0) {
      if (abs(left) > abs(right)) left = cutTo(PAIR_LIMIT - abs(right), left);
      else right = cutTo(PAIR_LIMIT - abs(left), right);
    }
    store<i8>(pairs, <i8>left);
    store<i8>(pairs, <i8>right, 1);
    pairs += 32;
    stored += 4 * rowBytes;
  }
}

/** Cuts the largest weights of a lane, until the limit of a chain is kept. */
function cutChain(pairs: usize, chain: i32): void {
  const end = pairs + 32 * <usize>chain;
  for (;;) {
    let total = 0;
    let largest = pairs;
    for (let pair = pairs; pair < end; pair += 32) {
      for (let at = pair; at < pair + 2; at++) {
        total += abs<i32>(load<i8>(at));
        if (abs<i32>(load<i8>(at)) > abs<i32>(load<i8>(largest))) largest = at;
      }
    }
    if (total <= CHAIN_LIMIT) return;
    const weight = <i32>load<i8>(largest);
    store<i8>(largest, <i8>cutTo(max(0, abs(weight) - (total - CHAIN_LIMIT)), weight));
  }
}

function cutTo(limit: i32, weight: i32): i32 {
  return min(limit, max(-limit, weight));
}

/**
 * Puts what is left of a weight into its chain's rests, `first` to `end`, or behind them. In each it is
 * at most half of a pair's limit: all pairs keep it.
 * @returns where the rests end.
 */
function keepRest(first: usize, end: usize, input: i32, slot: i32, left: i32): usize {
  for (let rest = first; left != 0; rest += REST_BYTES) {
    if (rest == end) {
      memory.fill(rest, 0, REST_BYTES);
      store<i32>(rest, input);
      end += REST_BYTES;
    }
    if (load<i32>(rest) != input) continue;
    const part = cutTo(PAIR_LIMIT / 2, left);
    store<i8>(rest + 4 + <usize>slot, <i8>part);
    left -= part;
  }
  return end;
}
