import { expect, test } from 'vitest';

import { insteadAnswer, withInstead } from '../../../../src/core/own-models/instead';
import { isChosenFor, isInsteadOn, type OwnModel } from '../../../../src/core/own-models/own-model';
import type { Saying } from '../../../../src/core/saying/prediction';

const HINT = {
  ...{ synset: 'n02123045', label: 'tabby cat', english: 'tabby cat', text: 'May be a tabby cat' },
  ...{ probability: 0.9, bits: 9.9 },
};
const SAYING: Saying = {
  predictions: [{ classIndex: 281, synset: 'n02123045', label: 'tabby cat', probability: 0.9 }],
  ...{ hint: HINT, guess: null, silence: null, draft: 'Tabby cat', kept: null },
  ...{ lang: 'en', draftLang: 'en' },
};
const BESIDE = { model: 'Mugs', label: 'blue mug', probability: 0.93 };
const INSTEAD = { ...BESIDE, model: 'Cups', isInstead: true };

test('beside the built-in model nothing changes', () => {
  for (const own of [undefined, [], [BESIDE]]) {
    const said = { ...SAYING, own };
    expect(withInstead(said)).toBe(said);
    expect(insteadAnswer(said)).toBeNull();
  }
});

test('instead of it neither hint nor draft is left, only what it saw', () => {
  const two = {
    ...{ hints: [HINT, HINT] as const, label: 'a and b', english: 'a and b' },
    ...{ text: 'May be a and b', probability: 0.8 },
  };
  const said = withInstead({ ...SAYING, two, twoKept: [HINT], own: [BESIDE, INSTEAD] });
  expect(said).toMatchObject({ hint: null, guess: null, silence: 'own-model', draft: null });
  expect(said.kept).toBeNull();
  expect(said.two).toBeUndefined();
  expect(said.twoKept).toBeUndefined();
  expect(said.predictions).toEqual(SAYING.predictions);
  expect(insteadAnswer(said)).toBe(INSTEAD);
  const again = withInstead({ ...said, ...SAYING });
  expect(again).toMatchObject({ hint: null, silence: 'own-model', draft: null });
});

test('a model speaks instead only where it was chosen for the very site, and is on', () => {
  const site = 'https://a.example';
  const model: OwnModel = {
    ...{ id: 'm00000000', name: 'Cups', format: 'layers-model', labels: ['a', 'b'], bytes: 1 },
    input: { width: 8, height: 8, channels: 3, range: 'signed' },
    ...{ isProbability: true, isOn: true, sites: [site], isInstead: true },
    ...{ addedAt: 1, deletedAt: null },
  };
  expect(isInsteadOn(model, site)).toBe(true);
  expect(isInsteadOn(model, 'https://b.example')).toBe(false);
  expect(isInsteadOn(model, null)).toBe(false);
  expect(isInsteadOn({ ...model, sites: [] }, site)).toBe(false);
  expect(isInsteadOn({ ...model, isOn: false }, site)).toBe(false);
  const beside = { ...model, isInstead: false };
  expect([isInsteadOn(beside, site), isChosenFor(beside, site)]).toEqual([false, true]);
});
