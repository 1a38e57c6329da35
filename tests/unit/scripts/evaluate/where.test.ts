/** A few of the compositions that `npm run evaluate -- --where` makes a hundred of. */
import { expect, test } from 'vitest';

import { spread } from '../../../../scripts/evaluate/material';
import { evaluateWhere } from '../../../../scripts/evaluate/where';
import { pinnedPhotos } from '../../../../scripts/photos/pinned-photos';

test('the map of a label lies where its subject is', { timeout: 120_000 }, async () => {
  const photos = spread(await pinnedPhotos('pinned'), 20);
  const { compositions, ...shares } = await evaluateWhere(photos, 'accurate');
  expect(compositions).toBe(20);
  for (const share of Object.values(shares)) expect(share).toBeGreaterThanOrEqual(0.9);
});
