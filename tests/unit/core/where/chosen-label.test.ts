import { expect, test } from 'vitest';

import type { Saying } from '../../../../src/core/saying/prediction';
import { chosenLabel } from '../../../../src/core/where/chosen-label';

const cat = { classIndex: 281, synset: 'n02123045', label: 'tabby', probability: 0.2 };
const unsaid = { classIndex: 366, synset: 'n02480855', label: 'gorilla', probability: 0.7 };
const silent = {
  ...{ hint: null, guess: null, kept: null, draft: null, silence: 'unsure' },
  predictions: [{ ...unsaid, isDenied: true }, cat],
} as unknown as Saying;

test('what is never said has no place, whatever is likeliest', () => {
  expect(chosenLabel(silent)).toMatchObject({ label: 'tabby' });
  expect(chosenLabel({ ...silent, silence: 'denied' })).toBeNull();
  expect(chosenLabel({ ...silent, kept: unsaid } as unknown as Saying)).toMatchObject({
    label: 'tabby',
  });
});

test('what is said, or would be, comes before what is likeliest', () => {
  const guess = { ...cat, label: 'cat' } as unknown as Saying['guess'];
  expect(chosenLabel({ ...silent, guess })).toMatchObject({ label: 'cat' });
});

test('a name that a person taught comes first, too', () => {
  const hint = { synset: 'u0123abcd', label: 'Mira' } as unknown as Saying['hint'];
  expect(chosenLabel({ ...silent, hint })).toMatchObject({ label: 'Mira' });
});
