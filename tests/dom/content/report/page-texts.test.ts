/** The texts beside a picture travel with a report where an author may want one, and nowhere else. */
import { afterEach, expect, test } from 'vitest';

import { reportPart } from '../../../../src/content/report/frame-report';
import { shownPicture, trackedImage } from '../../../../src/content/labelling/tracked-image';
import { isFrameImage } from '../../../../src/core/report/report-checks';
import type { Prediction } from '../../../../src/core/saying/prediction';
import type { FrameImage } from '../../../../src/messages/protocol';
import { pngOf, show } from '../../harness/page';

const PHOTO = pngOf(300, 200, (context) => {
  context.fillRect(0, 0, 200, 100);
});

const SILENT: Prediction = {
  ...{ predictions: [], hint: null, guess: null, silence: 'unsure', draft: null },
  ...{ lang: 'en', draftLang: 'en', kept: null, picture: `${'0'.repeat(64)}-300x200` },
  ...{ backend: 'wasm', variant: 'accurate', views: 1, rung: 'decoded' },
  ...{ inferenceMilliseconds: 0, cached: false },
};
const hint = {
  ...{ synset: 'n02084071', label: 'dog', english: 'dog', text: 'May be a dog' },
  ...{ probability: 0.97, bits: 3 },
};
const DOG: Prediction = { ...SILENT, hint, silence: null, draft: 'Dog' };

async function reported(prediction: Prediction): Promise<FrameImage | undefined> {
  const image = document.querySelector('img');
  if (image === null) throw new Error('There is no image.');
  const tracked = trackedImage('image-1', image);
  const { images } = await reportPart({ report: 'one', from: 0 }, () => ({
    images: [tracked],
    refresh: () => {
      tracked.picture = shownPicture(image);
      tracked.box = { width: 300, height: 200 };
      tracked.reading = {
        ...{ key: 'a', images: new Set([tracked]), state: 'labelled', prediction },
        ...{ failure: null, failedRungs: [], request: null, retries: 0 },
      };
    },
    appliedTo: () => null,
  }));
  return images.find(({ id }) => id === 'image-1');
}

afterEach(() => {
  show('');
});

const around = (attributes: string, caption = 'A dog in the park'): string =>
  `<figure><img ${attributes} src="${PHOTO}"><figcaption>${caption}</figcaption></figure>`;

test('a caption travels with a picture that lacks a text', async () => {
  show(around(''));
  const image = await reported(DOG);
  expect(image?.texts).toEqual({
    caption: 'A dog in the park',
    heading: '',
    link: '',
    fileName: '',
  });
  expect(isFrameImage(image)).toBe(true);
});

test('and heading and link', async () => {
  show(`<article><h2>My dog</h2><a href="#"><img src="${PHOTO}"> Rex on a lawn</a></article>`);
  expect((await reported(DOG))?.texts).toMatchObject({ link: 'Rex on a lawn' });
});

test.each([
  ['the author wrote one', around('alt="Rex at the lake"'), DOG],
  ['it is decoration', around('alt=""'), DOG],
  ['there is no draft to complete', around(''), SILENT],
])('no texts where %s', async (_why, html, prediction) => {
  show(html);
  const image = await reported(prediction);
  expect(image?.state).toBe('labelled');
  expect(image?.texts).toBeUndefined();
});

test('a text that is too long for an alternative is left out', async () => {
  show(around('', 'A dog in the park. '.repeat(20)));
  expect((await reported(DOG))?.texts?.caption).toBe('');
});

test('what no frame of ours sends is refused', async () => {
  show(around(''));
  const image = await reported(DOG);
  expect(isFrameImage({ ...image, texts: { caption: 'A dog' } })).toBe(false);
  expect(isFrameImage({ ...image, texts: { ...image?.texts, link: 'a'.repeat(201) } })).toBe(false);
});
