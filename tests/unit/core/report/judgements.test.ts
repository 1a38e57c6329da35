import { expect, test } from 'vitest';

import { withDismissal } from '../../../../src/core/saying/dismissal';
import { judgedReport, judgementKey, labelOfImage } from '../../../../src/core/report/judgements';
import { summarise } from '../../../../src/core/report/summary';
import { bareImage, CAT, pageReport, reportImage } from '../../../fixtures/popup/report-image';

const LABEL = { picture: CAT.picture, synset: CAT.hint?.synset ?? '' };
const judged = (isDismissed: boolean) => new Map([[judgementKey(LABEL), isDismissed]]);

test('an image whose label is dismissed is silent in list, summary and exports', () => {
  const mismatch = { term: 'dog', synset: 'n02084071' };
  const report = pageReport([reportImage({ mismatch }), bareImage({ state: 'pending' })]);
  expect(report.images.map(labelOfImage)).toEqual([LABEL, null]);
  const { images } = judgedReport(report, judged(true));
  expect(images[0]).toMatchObject({
    ...{ hint: null, draft: null, silence: 'dismissed', mismatch: null, state: 'labelled' },
    prediction: { dismissed: { hint: CAT.hint } },
  });
  expect(images[1]).toBe(report.images[1]);
  expect(summarise({ images })).toMatchObject({ spoken: 0, silent: 1 });
});

test.each([
  ['the draft of the label', 'Domestic cat', null],
  ['what listeners hear of it', 'May be a domestic cat', null],
  ['words of the person', 'Our cat Minka', 'Our cat Minka'],
])('of what was applied, %s ends as the page ends it', (_, applied, left) => {
  const { images } = judgedReport(pageReport([reportImage({ applied })]), judged(true));
  expect(images[0]?.applied).toBe(left);
});

test('a label that was dismissed before the report was made comes back', () => {
  const prediction = withDismissal(CAT, true);
  const image = reportImage({ prediction, hint: null, draft: null, silence: 'dismissed' });
  const [back] = judgedReport(pageReport([image]), judged(false)).images;
  expect(back).toMatchObject({ hint: CAT.hint, draft: CAT.draft, silence: null, prediction: CAT });
  // What the report goes by already changes nothing.
  expect(judgedReport(pageReport([image]), judged(true)).images[0]).toBe(image);
});
