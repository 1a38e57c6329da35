import { expect, test, vi } from 'vitest';

import { unawaited, unawaitedFailures } from '../../../src/background/unawaited';
import { CodedError } from '../../../src/core/errors';

test('failures that nobody waits for are counted by their code', async () => {
  unawaited(Promise.resolve());
  unawaited(Promise.reject(new CodedError('no-backend', 'None here.')));
  unawaited(Promise.reject(new CodedError('no-backend', 'None here.')));
  unawaited(Promise.reject(new TypeError('broken')));
  await vi.waitFor(() => {
    expect(unawaitedFailures()).toEqual({ 'no-backend': 2, internal: 1 });
  });
});
