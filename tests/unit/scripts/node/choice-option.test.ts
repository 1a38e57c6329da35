import { expect, test } from 'vitest';

import { engineChoices } from '../../../../scripts/node/choice-option';

test('what is not given is the product’s default', () => {
  expect(engineChoices({})).toEqual({ backend: 'auto', variant: 'accurate', views: 2 });
});

test('takes every choice', () => {
  expect(engineChoices({ backend: 'webgpu', model: 'fast', views: '1' })).toEqual({
    backend: 'webgpu',
    variant: 'fast',
    views: 1,
  });
});

test.each([{ backend: 'abacus' }, { model: 'huge' }, { views: '0' }, { views: '' }])(
  '%o is wrong usage',
  (given) => {
    expect(() => engineChoices(given)).toThrow(
      expect.objectContaining({ code: 'bad-usage' }) as Error,
    );
  },
);
