/** A report of a page of any size is linear in its images, and the page's own work goes on meanwhile. */
import { expect, test } from 'vitest';

import { shownPicture, trackedImage } from '../../../../src/content/labelling/tracked-image';
import { reportPart } from '../../../../src/content/report/frame-report';
import type { FrameImage } from '../../../../src/messages/protocol';
import { show } from '../../harness/page';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
/** Enough for what is quadratic to show. */
const IMAGES = 6000;
const image = (more = '') => `<img src="${PIXEL}"${more}>`;
const all = (one: (place: number) => string, joint = ''): string =>
  Array.from({ length: IMAGES }, (_, place) => one(place)).join(joint);

/** Pages on which something asks of each image what only the page, or all its images, can answer. */
const PAGES: readonly [name: string, html: () => string][] = [
  ['in a row', () => all(() => image())],
  ['in boxes with links', () => all((place) => `<div><a href="/${place}">${image()}</a></div>`)],
  ['in one link', () => `<a href="/">${all(() => image(' alt=""'), ' ')}</a>`],
  ['in one figure', () => `<figure>${all(() => image(' alt="A cat"'), '\n')}</figure>`],
  ['one id for all', () => all(() => image(' id="cat"'))],
  [
    'drawings in one link',
    () => `<a href="/">${all(() => '<svg width="40"><title>A</title></svg>')}</a>`,
  ],
  [
    'areas of a map',
    () => `<img usemap="#m" src="${PIXEL}"><map name="m">${all(() => '<area href="/">')}</map>`,
  ],
];

async function readReport(): Promise<{ images: FrameImage[]; parts: number }> {
  const source = () => ({
    images: [...document.querySelectorAll('img, svg, input, area')].map((element, place) =>
      trackedImage(`image-${place}`, element),
    ),
    refresh: (tracked: ReturnType<typeof trackedImage>) => {
      tracked.picture = shownPicture(tracked.element);
    },
    appliedTo: () => null,
  });
  const images: FrameImage[] = [];
  let parts = 0;
  for (let from: number | null = 0; from !== null;) {
    const part = await reportPart({ report: 'one', from }, source);
    images.push(...part.images);
    from = part.next;
    parts += 1;
  }
  return { images, parts };
}

/** Counts the turns that the page's own work gets. */
function countTurns(): { turns: number; end: () => void } {
  const channel = new MessageChannel();
  const end = () => {
    channel.port1.close();
  };
  const counted = { turns: 0, end };
  const ask = () => {
    setTimeout(() => {
      channel.port2.postMessage(null);
    });
  };
  channel.port1.onmessage = () => {
    counted.turns += 1;
    ask();
  };
  ask();
  return counted;
}

// What is quadratic takes longer than the test may.
test.each(PAGES)(`${IMAGES} images: %s`, { timeout: 30_000 }, async (_name, html) => {
  show(html());
  const counted = countTurns();
  const { images, parts } = await readReport();
  counted.end();
  expect(images.length).toBeGreaterThanOrEqual(IMAGES);
  expect(parts).toBeGreaterThan(20);
  // The page's own work goes on meanwhile.
  expect(counted.turns).toBeGreaterThan(0);
});
