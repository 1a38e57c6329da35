import { expect, test } from 'vitest';

import { kinModule, kinOf } from '../../../../scripts/calibration/kin';
import { loadLookingModel } from '../../../../scripts/model/model-in-node';
import { PACKED_KIN } from '../../../../src/core/saying/kin.generated';

test('kin are those of the weights that are in the package', async () => {
  const { classifier } = await loadLookingModel('accurate');
  const text = kinModule(kinOf(classifier));
  expect(text).toContain(`'${PACKED_KIN}'`);
}, 60_000);
