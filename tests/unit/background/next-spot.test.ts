import { expect, test } from 'vitest';

import { nextSpot, type WalkedFrame } from '../../../src/background/next-spot';

function frame(
  frameId: number,
  path: number[] | null,
  ids: string[],
  frames: { before: number; index: number }[] = [],
): WalkedFrame {
  return { frameId, images: { ids, frames, path, at: null, since: 0 } };
}

/** As if the image at this place of the frame had been spoken of. */
function standing(frames: WalkedFrame[], frameId: number, at: number, since = 1): WalkedFrame[] {
  return frames.map((each) =>
    each.frameId === frameId ? { ...each, images: { ...each.images, at, since } } : each,
  );
}

const PAGE = [
  frame(
    0,
    [],
    ['a', 'd'],
    [
      { before: 1, index: 1 },
      { before: 2, index: 0 },
    ],
  ),
  frame(7, [0], ['e']),
  frame(9, [1], ['b'], [{ before: 1, index: 0 }]),
  frame(12, [1, 0], ['c']),
  frame(20, null, ['f']),
];

/** What is met from the start, once around. */
function round(step: 1 | -1): string[] {
  let frames = PAGE;
  return Array.from({ length: 7 }, (_, count) => {
    const spot = nextSpot(frames, step);
    if (spot === null) throw new Error('nowhere');
    const ids = frames.find(({ frameId }) => frameId === spot.frameId)?.images.ids ?? [];
    frames = standing(frames, spot.frameId, ids.indexOf(spot.id), count + 1);
    return `${spot.id}${spot.position}/${spot.count}`;
  });
}

test('forwards through frames where they stand, those without a place last, and around', () => {
  expect(round(1)).toEqual(['a1/6', 'b2/6', 'c3/6', 'd4/6', 'e5/6', 'f6/6', 'a1/6']);
});

test('backwards the same way', () => {
  expect(round(-1)).toEqual(['f6/6', 'e5/6', 'd4/6', 'c3/6', 'b2/6', 'a1/6', 'f6/6']);
});

test('from an image that is gone, to its neighbours', () => {
  const frames = standing([frame(0, [], ['a', 'b', 'c'])], 0, 0.5);
  expect(nextSpot(frames, 1)?.id).toBe('b');
  expect(nextSpot(frames, -1)?.id).toBe('a');
  expect(nextSpot(standing(frames, 0, -0.5), 1)?.id).toBe('a');
  expect(nextSpot(standing(frames, 0, -0.5), -1)?.id).toBe('c');
  expect(nextSpot(standing(frames, 0, 2.5), 1)?.id).toBe('a');
  expect(nextSpot(standing(frames, 0, 2.5), -1)?.id).toBe('c');
});

test('where nothing is shown there is no next; frames that name each other end', () => {
  expect(nextSpot([], 1)).toBeNull();
  expect(nextSpot([frame(0, [], [])], -1)).toBeNull();
  const odd = [
    frame(0, [], ['a'], [{ before: 0, index: 0 }]),
    frame(1, [0], [], [{ before: 0, index: 0 }]),
  ];
  expect(nextSpot(odd, 1)).toEqual({ frameId: 0, id: 'a', position: 1, count: 1 });
});
