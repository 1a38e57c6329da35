import { expect, test } from 'vitest';

import { altTextOf, decide, decisionOf } from '../../../../src/core/report/triage';
import { bareImage, reportImage } from '../../../fixtures/popup/report-image';

const image = reportImage();

test('each decision leaves its alt text, and the last one holds', () => {
  const accepted = decide({}, image, 'accepted');
  expect([decisionOf(image, accepted), altTextOf(image, accepted)]).toEqual([
    'accepted',
    'Domestic cat',
  ]);
  const edited = decide(accepted, image, 'edited', ' Our cat Mia ');
  expect([decisionOf(image, edited), altTextOf(image, edited)]).toEqual(['edited', 'Our cat Mia']);
  const rejected = decide(edited, image, 'rejected');
  expect([decisionOf(image, rejected), altTextOf(image, rejected)]).toEqual(['rejected', '']);
  const undone = decide(rejected, image, null);
  expect([decisionOf(image, undone), altTextOf(image, undone)]).toEqual([null, 'Domestic cat']);
});

test('images of two frames are two, whatever their ids', () => {
  const triage = decide({}, image, 'rejected');
  expect(decisionOf({ ...image, frameId: 3 }, triage)).toBeNull();
});

test('nothing is accepted that is not there, and an empty text is no edit', () => {
  expect(decide({}, bareImage({ state: 'pending' }), 'accepted')).toEqual({});
  expect(decide({}, image, 'edited', '  ')).toEqual({});
});
