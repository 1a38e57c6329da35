import { expect, test } from 'vitest';

import type { ErrorCode } from '../../../src/core/errors';
import { ladderFailure, mayTryNextRung, wouldAccessHelp } from '../../../src/core/ladder';
import type { Rung } from '../../../src/core/saying/prediction';

const failed = (...codes: [Rung, ErrorCode][]) =>
  codes.map(([rung, code]) => ({ rung, error: { code, message: `the ${rung} way` } }));

test('failures of the way lead to the next rung, verdicts on the picture and the engine do not', () => {
  for (const code of ['image-tainted', 'network-failed', 'host-permission-missing'] as const) {
    expect(mayTryNextRung(code, false), code).toBe(true);
  }
  for (const code of ['image-too-large', 'image-empty', 'no-backend', 'cancelled'] as const) {
    expect(mayTryNextRung(code, false), code).toBe(false);
  }
});

test('a bad file in the place of a picture that the page shows is not its verdict', () => {
  expect(mayTryNextRung('image-not-an-image', true)).toBe(true);
  expect(mayTryNextRung('image-too-large', true)).toBe(false);
});

test('several failures become one that holds every reason', () => {
  const all = failed(['decoded', 'image-tainted'], ['worker-fetch', 'host-permission-missing']);
  const { code, message } = ladderFailure(all);
  expect(code).toBe('image-not-readable');
  expect(message).toContain('decoded: image-tainted (the decoded way)');
  expect(message).toContain('worker-fetch: host-permission-missing');
});

test('a single failure is told as it is, and too many bytes even among others', () => {
  expect(ladderFailure(failed(['worker-fetch', 'http-status'])).code).toBe('http-status');
  const heavy = failed(['decoded', 'image-tainted'], ['page-fetch', 'image-too-many-bytes']);
  expect(ladderFailure(heavy).code).toBe('image-too-many-bytes');
});

test('access helps where it is what was missing', () => {
  expect(wouldAccessHelp(failed(['worker-fetch', 'host-permission-missing']))).toBe(true);
  // No access that is asked for opens the screen; the next click does.
  expect(wouldAccessHelp(failed(['screen', 'screen-not-available']))).toBe(false);
  expect(wouldAccessHelp(failed(['worker-fetch', 'network-failed']))).toBe(false);
});
