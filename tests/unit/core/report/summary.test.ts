import { expect, test } from 'vitest';

import { summarise } from '../../../../src/core/report/summary';
import { bareImage, CAT, pageReport, reportImage } from '../../../fixtures/popup/report-image';

test('a report in numbers', () => {
  const silent = { ...CAT, hint: null, silence: 'unsure', backend: 'webgl' } as const;
  const images = [
    reportImage(),
    reportImage({ need: 'weak', prediction: { ...CAT, inferenceMilliseconds: 0, cached: true } }),
    reportImage({ need: 'named', hint: null, silence: 'unsure', prediction: silent }),
    bareImage({ need: 'decorative', state: 'skipped', reason: 'decorative' }),
    bareImage({ need: null, state: 'failed', reason: 'internal' }),
    bareImage({ state: 'pending' }),
  ];
  expect(summarise(pageReport(images))).toEqual({
    images: 6,
    needs: { missing: 2, weak: 1, named: 1, decorative: 1 },
    ...{ read: 3, spoken: 2, silent: 1, skipped: 1, failed: 1, pending: 1 },
    backends: [
      { backend: 'wasm', images: 2 },
      { backend: 'webgl', images: 1 },
    ],
    modelMilliseconds: 180,
  });
});
