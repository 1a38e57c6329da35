import { expect, test } from 'vitest';

import {
  LOOK_FORMAT,
  makeLook,
  packLook,
  probabilitiesOf,
  unpackLook,
} from '../../../../src/core/look/look';
import { calibrationOf, classProbabilities } from '../../../../src/core/saying/calibration';
import { CLASS_COUNT } from '../../../../src/core/saying/prediction';

const pixels = { texture: 0.7, softness: 0.9, palette: 0.2 };

/** Noise that is the same every time. */
function noise(length: number, seed: number, scale: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => {
    const value = Math.sin(index * 12.9898 + seed * 78.233) * 43_758.5453;
    return (value - Math.floor(value)) * scale;
  });
}

const logits = [1, 2, 3].map((seed) => noise(CLASS_COUNT + 1, seed, 6));
const embeddings = [4, 5, 6].map((seed) => noise(1024, seed, 2));
const look = makeLook({ variant: 'accurate', logits, embeddings, pixels });

test('the likeliest classes are exact, the others within 16 bits or left out', () => {
  const exact = classProbabilities(logits, calibrationOf('accurate', 3).temperature);
  const kept = probabilitiesOf(look);
  const order = [...exact.keys()].sort((a, b) => (exact[b] ?? 0) - (exact[a] ?? 0));
  expect(look.likeliest.map(({ classIndex }) => classIndex)).toEqual(order.slice(0, 5));
  for (const classIndex of order.slice(0, 5)) expect(kept[classIndex]).toBe(exact[classIndex]);
  const left = order.filter((classIndex) => (exact[classIndex] ?? 0) <= 1e-4);
  for (const classIndex of left) expect(kept[classIndex]).toBe(0);
  const mass = left.reduce((sum, classIndex) => sum + (exact[classIndex] ?? 0), 0);
  for (const classIndex of order.slice(5, -left.length)) {
    const probability = exact[classIndex] ?? 0;
    const most = (probability + 0.5 / 65_535) / (1 - mass) ** 2;
    expect(kept[classIndex]).toBeGreaterThan(probability - 1 / 65_535);
    expect(kept[classIndex]).toBeLessThan(most);
  }
  expect(kept.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 10);
});

test('of equal classes the first in class order is likelier', () => {
  const flat = makeLook({ variant: 'fast', logits: [new Float32Array(1001)], embeddings, pixels });
  expect(flat.likeliest.map(({ classIndex }) => classIndex)).toEqual([0, 1, 2, 3, 4]);
});

test('the embedding is the mean over the views, within half a step of 8 bits', () => {
  const { values, scale } = look.embedding;
  expect(values).toHaveLength(1024);
  values.forEach((value, place) => {
    const mean = embeddings.reduce((sum, each) => sum + (each[place] ?? 0), 0) / 3;
    expect(Math.abs(value * scale - mean)).toBeLessThan(scale * 0.51);
  });
});

test('packed and unpacked it is bit for bit the same', () => {
  expect(unpackLook(packLook(look))).toEqual(look);
  const bare = makeLook({ variant: 'fast', logits: logits.slice(1), embeddings: [], pixels });
  expect(unpackLook(packLook(bare))).toEqual(bare);
});

test('a look of a photo takes about 1.1 kB', () => {
  const sure = new Float32Array(CLASS_COUNT + 1);
  sure[282] = 12;
  const packed = packLook(
    makeLook({ variant: 'accurate', logits: [sure, sure, sure], embeddings, pixels }),
  );
  expect(packed.length).toBeLessThan(1150);
});

test.each([
  ['another format', (bytes: Uint8Array) => bytes.with(0, LOOK_FORMAT + 1)],
  ['a variant that is none', (bytes: Uint8Array) => bytes.with(1, 9)],
  ['views that are none', (bytes: Uint8Array) => bytes.with(2, 4)],
  ['a class that is none', (bytes: Uint8Array) => bytes.with(4 + 32 + 1, 255)],
  ['an end that is cut off', (bytes: Uint8Array) => bytes.slice(0, -1)],
  ['a head alone', (bytes: Uint8Array) => bytes.slice(0, 4)],
  ['something behind it', (bytes: Uint8Array) => Uint8Array.from([...bytes, 0])],
  ['nothing', () => new Uint8Array()],
])('%s is no look', (_what, spoil) => {
  expect(unpackLook(spoil(packLook(look)))).toBeNull();
});

test('the format stands for the temperatures that looks are made with: with others it counts up', () => {
  const temperatures = (['accurate', 'fast'] as const).flatMap((variant) =>
    [1, 2, 3].map((views) => calibrationOf(variant, views).temperature),
  );
  expect({ LOOK_FORMAT, temperatures }).toEqual({
    ...{ LOOK_FORMAT: 2, temperatures: [0.75, 0.7, 0.65, 0.75, 0.7, 0.7] },
  });
});

test('throws without a view', () => {
  expect(() => makeLook({ variant: 'fast', logits: [], embeddings: [], pixels })).toThrow(
    RangeError,
  );
});
