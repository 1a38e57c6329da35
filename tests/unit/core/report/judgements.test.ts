import { expect, test } from 'vitest';

import { calledAlike, labelOfImage, reportWith } from '../../../../src/core/report/judgements';
import { summarise } from '../../../../src/core/report/summary';
import {
  bareImage,
  CAT,
  DISMISSED,
  pageReport,
  reportImage,
} from '../../../fixtures/popup/report-image';

const LABEL = { picture: CAT.picture, synset: CAT.hint?.synset ?? '' };
const dismissed = new Map([[CAT.picture, DISMISSED]]);

test('an image whose label is dismissed is silent in list, summary and exports', () => {
  const mismatch = { term: 'dog', synset: 'n02084071' };
  const report = pageReport([reportImage({ mismatch }), bareImage({ state: 'pending' })]);
  expect(report.images.map(labelOfImage)).toEqual([LABEL, null]);
  const { images } = reportWith(report, dismissed);
  expect(images[0]).toMatchObject({
    ...{ hint: null, draft: null, silence: 'dismissed', mismatch: null, state: 'labelled' },
    prediction: { ...DISMISSED, picture: CAT.picture, backend: CAT.backend },
  });
  expect(images.map(labelOfImage)).toEqual([LABEL, null]);
  expect(images[1]).toBe(report.images[1]);
  expect(summarise({ images })).toMatchObject({ spoken: 0, silent: 1 });
});

test.each([
  ['the draft of the label', 'Domestic cat', null],
  ['what listeners hear of it', 'May be a domestic cat', null],
  ['words of the person', 'Our cat Minka', 'Our cat Minka'],
])('of what was applied, %s ends as the page ends it', (_, applied, left) => {
  const { images } = reportWith(pageReport([reportImage({ applied })]), dismissed);
  expect(images[0]?.applied).toBe(left);
});

test('a label that was dismissed before the report was made comes back', () => {
  const prediction = { ...CAT, ...DISMISSED };
  const image = reportImage({ prediction, hint: null, draft: null, silence: 'dismissed' });
  const [back] = reportWith(pageReport([image]), new Map([[CAT.picture, CAT]])).images;
  expect(back).toMatchObject({ hint: CAT.hint, draft: CAT.draft, silence: null, prediction: CAT });
  // What the report says already changes nothing.
  expect(reportWith(pageReport([image]), dismissed).images[0]).toBe(image);
});

test('copies in other sizes are among the pictures that are called alike, said or kept back', () => {
  const named = (picture: string, changes: Partial<typeof CAT> = {}) =>
    reportImage({ id: picture, prediction: { ...CAT, picture, ...changes } });
  const dog = { ...CAT.hint, synset: 'n02084071' } as typeof CAT.hint;
  const [first, ...others] = [
    named('a'),
    named('a'),
    named('b'),
    named('b'),
    named('c', DISMISSED),
    named('d', { hint: dog }),
    named('e', { hint: null, silence: 'unsure' }),
    bareImage({ id: 'f', state: 'pending' }),
  ] as const;
  expect(calledAlike([first, ...others], first)).toEqual(['b', 'c']);
});
