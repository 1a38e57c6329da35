/** The short form of `npm run torture`: less of everything, and no time is judged. */
import { expect, test } from 'vitest';

import { isRight, ROOMS, runCampaign, type RoomName } from '../../scripts/torture/campaign';
import { builtExtension } from './harness';

test('no success of a page, no loss, no double, no unknown request, no silent end', async () => {
  const figures = await runCampaign({
    extensionDir: builtExtension(),
    seed: 1,
    isShort: true,
    rooms: Object.keys(ROOMS) as RoomName[],
    onFigures: () => undefined,
  });
  expect(figures.length).toBeGreaterThan(20);
  const wrong = figures.filter((figure) => !isRight(figure));
  const said = wrong.map(({ what, value }) => `${what}: ${value}`).join('; ');
  expect(wrong, said).toEqual([]);
}, 300_000);
