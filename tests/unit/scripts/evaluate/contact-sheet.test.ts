import { expect, test } from 'vitest';

import { contactSheet } from '../../../../scripts/evaluate/contact-sheet';
import { CAT } from '../../../fixtures/popup/report-image';

const photo = (file: string, classIndex: number) => ({ file, classIndex, synset: 'n02123045' });
const TABBY = 281;
const GOLDFISH = 1;

test('false ones come first, then silent ones, then true ones, each with its file and how many they are', () => {
  const silent = { ...CAT, hint: null, silence: 'unsure' } as const;
  const guess = {
    ...{ synset: 'n02123045', label: 'tabby cat', english: 'tabby cat' },
    ...{ text: 'Possibly a tabby cat', probability: 0.61 },
  };
  const html = contactSheet(
    [
      { photo: photo('right.png', TABBY), prediction: CAT },
      { photo: photo('silent.png', TABBY), prediction: silent },
      { photo: photo('guessed.png', TABBY), prediction: { ...silent, guess } },
      { photo: photo('astray.png', GOLDFISH), prediction: { ...silent, guess } },
      { photo: photo('failed.png', TABBY), prediction: null },
      { photo: photo('wrong&.png', GOLDFISH), prediction: CAT },
    ],
    ({ file }) => `/photos/${file}`,
  );
  const files = [...html.matchAll(/src="([^"]+)"/g)].map(([, src]) => src?.split('/').at(-1));
  expect(files).toEqual([
    ...['wrong&amp;.png', 'failed.png', 'guessed.png', 'astray.png', 'silent.png', 'right.png'],
  ]);
  const named = [...html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, name]) => name);
  expect(named).toEqual(files);
  expect([...html.matchAll(/<h2>([^<]+)/g)].map(([, heading]) => heading)).toEqual([
    ...['false: 1 of 6', 'failed: 1 of 6', 'silent: 3 of 6', 'true: 1 of 6'],
  ]);
  expect(html).toContain('May be a domestic cat</b> 95.0&nbsp;%<br>is: goldfish');
  expect(html).toContain('Possibly a tabby cat</b> 61.0&nbsp;%<br>silent: unsure<br>is: tabby cat');
  expect(html).toContain('silent: unsure, guess false<br>is: goldfish');
});
