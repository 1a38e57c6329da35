import { expect, test } from 'vitest';

import { contactSheet } from '../../../../scripts/evaluate/contact-sheet';
import { CAT } from '../../../fixtures/popup/report-image';

const photo = (file: string, classIndex: number) => ({ file, classIndex, synset: 'n02123045' });
const TABBY = 281;
const GOLDFISH = 1;

test('wrong ones come first, then silent ones, then right ones', () => {
  const silent = { ...CAT, hint: null, silence: 'unsure' } as const;
  const html = contactSheet(
    [
      { photo: photo('right.png', TABBY), prediction: CAT },
      { photo: photo('silent.png', TABBY), prediction: silent },
      { photo: photo('failed.png', TABBY), prediction: null },
      { photo: photo('wrong.png', GOLDFISH), prediction: CAT },
    ],
    ({ file }) => `/photos/${file}`,
  );
  const files = [...html.matchAll(/src="([^"]+)"/g)].map(([, src]) => src?.split('/').at(-1));
  expect(files).toEqual(['wrong.png', 'silent.png', 'failed.png', 'right.png']);
  expect(html).toContain('May be a domestic cat</b> 95.0 %<br>is: goldfish');
});
