import { expect, test } from 'vitest';

import { CLASS_COUNT } from '../../../../src/core/saying/prediction';
import { preparations, say } from '../../../../src/core/saying/say';
import { PLAIN_VOICE, type Voice, voiceMark } from '../../../../src/core/saying/voice';
import { pixelEvidence } from '../../../../src/core/look/evidence';
import { makeLook, type ModelViews } from '../../../../src/core/look/look';
import { countPixels } from '../../../../src/core/look/pixel-counts';
import type { Raster } from '../../../../src/core/look/raster';

const [TABBY, PERSIAN, DESK, GORILLA, BIKINI] = [281, 283, 526, 366, 445];

/** Shading with grain, as photos have it. */
function photo(width = 128, height = 96): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const grain = (pixel * 7919) % 13;
    data.set([x + grain, y + ((x * y) % 11), 60 + ((x + 2 * y) % 90), 255], pixel * 4);
  }
  return { width, height, data };
}

const drawing: Raster = {
  width: 128,
  height: 96,
  data: new Uint8ClampedArray(128 * 96 * 4).map((_, index) => (index % 512 < 64 ? 0 : 255)),
};

function output(logits: Record<number, number>, views = 3): Omit<ModelViews, 'pixels'> {
  const view = new Float32Array(CLASS_COUNT + 1);
  for (const [classIndex, logit] of Object.entries(logits)) view[Number(classIndex) + 1] = logit;
  return {
    logits: Array.from({ length: views }, () => view),
    // Two features in nine asleep, as of a photo.
    embeddings: Array.from({ length: views }, () =>
      Float32Array.from({ length: 1024 }, (_, feature) => (feature % 9 < 2 ? 0 : 0.8)),
    ),
    variant: 'accurate',
  };
}

function sayOf(from: Omit<ModelViews, 'pixels'>, raster: Raster, own: Partial<Voice> = {}) {
  const look = makeLook({ ...from, pixels: pixelEvidence(countPixels(raster)) });
  return say(look, raster, { ...PLAIN_VOICE, ...own });
}

test('a sure class is hinted and drafted', () => {
  const { predictions, hint, guess, silence, draft } = sayOf(
    output({ [TABBY]: 20, [PERSIAN]: 9 }),
    photo(),
  );
  expect(predictions).toHaveLength(5);
  expect(predictions[0]).toMatchObject({
    classIndex: TABBY,
    synset: 'n02123045',
    label: 'tabby cat',
  });
  expect(predictions[1]?.classIndex).toBe(PERSIAN);
  expect(hint).toMatchObject({
    synset: 'n02123045',
    label: 'tabby cat',
    text: 'May be a tabby cat',
  });
  expect(hint?.probability).toBeGreaterThan(0.99);
  expect({ guess, silence, draft }).toEqual({ guess: null, silence: null, draft: 'Tabby cat' });
});

test('an unsure class gives its kind', () => {
  const { hint, draft } = sayOf(output({ [TABBY]: 20, [PERSIAN]: 20 }), photo());
  expect(hint).toMatchObject({ synset: 'n02121808', text: 'May be a kind of cat' });
  expect(draft).toBe('Cat');
});

test('a class that is sure, but not by far, gives its kind: a relative may be meant', () => {
  const { hint, predictions } = sayOf(output({ [TABBY]: 20, [PERSIAN]: 17.6 }), photo());
  expect(hint).toMatchObject({ synset: 'n02121808', text: 'May be a kind of cat' });
  expect(predictions[0]?.probability).toBeGreaterThan(0.95);
});

test('a likely class without a sure kind is only guessed', () => {
  const saying = sayOf(output({ [TABBY]: 20, [DESK]: 19.6 }), photo());
  expect(saying).toMatchObject({ hint: null, draft: null, silence: 'unsure' });
  expect(saying.guess).toMatchObject({ synset: 'n02123045', text: 'Possibly a tabby cat' });
});

test('spread mass is silence without a guess', () => {
  const saying = sayOf(output({ [TABBY]: 1 }), photo());
  expect(saying).toMatchObject({ hint: null, guess: null, silence: 'unsure' });
});

test('drawings are no photos, however sure the model is', () => {
  const saying = sayOf(output({ [TABBY]: 20 }), drawing);
  expect(saying).toMatchObject({ hint: null, guess: null, silence: 'not-a-photo' });
  expect(saying.predictions).toHaveLength(5);
});

test('very small pictures are left alone', () => {
  const saying = sayOf(output({ [TABBY]: 20 }), photo(128, 24));
  expect(saying).toMatchObject({ hint: null, guess: null, silence: 'too-small' });
});

test('denied classes are silent, or give a harmless ancestor', () => {
  expect(sayOf(output({ [GORILLA]: 20 }), photo())).toMatchObject({
    hint: null,
    guess: null,
    silence: 'denied',
  });
  expect(sayOf(output({ [BIKINI]: 20 }), photo()).hint?.text).toBe('May be a kind of garment');
  const allowed = sayOf(output({ [GORILLA]: 20 }), photo(), { allow: ['n02480855'] });
  expect(allowed.hint?.text).toBe('May be a gorilla');
});

test('each denied class is marked, by the built-in list and by the person’s, and no other', () => {
  const logits = output({ [TABBY]: 20, [GORILLA]: 16, [DESK]: 15 });
  const marked = (own: Partial<Voice>) =>
    sayOf(logits, photo(), own)
      .predictions.slice(0, 3)
      .map(({ isDenied = false }) => isDenied);
  expect(marked({})).toEqual([false, true, false]);
  expect(marked({ allow: ['n02480855'] })).toEqual([false, false, false]);
  // A kind speaks for all below it.
  expect(marked({ deny: ['n03179701', 'n02121808'] })).toEqual([true, true, true]);
});

test('of several garments nothing is said, as the wearer has no name; the guess is kept', () => {
  const [SUIT, WINDSOR_TIE, BOW_TIE, LOAFER] = [834, 906, 457, 630];
  const portrait = sayOf(output({ [SUIT]: 20, [WINDSOR_TIE]: 20, [BOW_TIE]: 19 }), photo());
  expect(portrait).toMatchObject({ hint: null, draft: null, silence: 'only-clothing' });
  expect(portrait.guess?.text).toBe('Possibly a kind of garment');
  // A shoe alone is a thing like another, and so is what lies beside a garment.
  expect(sayOf(output({ [LOAFER]: 20 }), photo()).hint?.label).toBe('loafer shoe');
  expect(sayOf(output({ [SUIT]: 20 }), photo()).hint?.label).toBe('suit');
  const dismissed = ['n03419014'];
  expect(sayOf(output({ [SUIT]: 20, [WINDSOR_TIE]: 20 }), photo(), { dismissed })).toMatchObject({
    ...{ hint: null, guess: null, silence: 'dismissed', kept: { synset: 'n03419014' } },
  });
});

test.each([1, 2, 3])('works with %i views', (views) => {
  expect(sayOf(output({ [TABBY]: 20 }, views), photo()).hint?.label).toBe('tabby cat');
});

test('throws without a view', () => {
  expect(() => sayOf(output({}, 0), photo())).toThrow(RangeError);
});

test('what is built ahead changes nothing', () => {
  for (const prepare of preparations({ ...PLAIN_VOICE, deny: ['n02084071'] })) prepare();
  expect(sayOf(output({ [TABBY]: 20 }), photo()).hint?.label).toBe('tabby cat');
});

test('a person may ask for more certainty: a wider kind is said, or nothing', () => {
  const sure = output({ [TABBY]: 20, [PERSIAN]: 16.3 });
  const asTuned = sayOf(sure, photo());
  expect(asTuned.hint?.synset).toBe('n02123045');
  expect(asTuned.hint?.probability).toBeLessThan(0.998);
  const careful = sayOf(sure, photo(), { minimumConfidence: 0.998 });
  expect(careful.hint).toMatchObject({ synset: 'n02121808', text: 'May be a kind of cat' });
  expect(careful.hint?.probability).toBeGreaterThan(0.998);
});

test('a dismissed label is kept back, and a narrower one with it; nothing wider is said instead', () => {
  const said = sayOf(output({ [TABBY]: 20 }), photo());
  for (const dismissed of ['n02123045', 'n02121808']) {
    expect(sayOf(output({ [TABBY]: 20 }), photo(), { dismissed: [dismissed] })).toEqual({
      ...{ predictions: said.predictions, lang: 'en', draftLang: 'en', kept: said.hint },
      ...{ hint: null, guess: null, draft: null, silence: 'dismissed' },
    });
  }
  const cat = sayOf(output({ [TABBY]: 20, [PERSIAN]: 20 }), photo(), { dismissed: ['n02123045'] });
  expect(cat.hint?.synset).toBe('n02121808');
});

test('a guess can be dismissed as well', () => {
  const unsure = output({ [TABBY]: 20, [DESK]: 19.6 });
  const { guess } = sayOf(unsure, photo());
  expect(sayOf(unsure, photo(), { dismissed: ['n02123045'] })).toMatchObject({
    ...{ hint: null, guess: null, silence: 'dismissed', kept: guess },
  });
});

test('a dismissal of what is not said keeps nothing back', () => {
  expect(sayOf(output({ [TABBY]: 20 }), photo(), { dismissed: ['n02084071'] })).toMatchObject({
    ...{ hint: { synset: 'n02123045' }, kept: null },
  });
});

test('words are of the language of the voice', () => {
  const words = {
    ...PLAIN_VOICE.words,
    labelOf: () => ({ article: '' as const, name: 'chat', isKind: false }),
    hintText: ({ name }: { name: string }) => `Peut-être : ${name}`,
  };
  const { hint, predictions } = sayOf(output({ [TABBY]: 20 }), photo(), { words });
  expect(hint).toMatchObject({ label: 'chat', text: 'Peut-être : chat' });
  expect(predictions[0]?.label).toBe('chat');
});

test('the mark of a voice stands for all that it says by, in whatever order the lists are', () => {
  const mark = voiceMark(PLAIN_VOICE, '1.0.0');
  const others: Partial<Voice>[] = [
    { allow: ['n02084071'] },
    { deny: ['n02084071'] },
    { dismissed: ['n02084071'] },
    { minimumConfidence: 0.9 },
  ];
  const marks = others.map((other) => voiceMark({ ...PLAIN_VOICE, ...other }, '1.0.0'));
  expect(new Set([mark, voiceMark(PLAIN_VOICE, '1.0.1'), ...marks]).size).toBe(6);
  const lists = ['n02084071', 'n02123045'];
  expect(voiceMark({ ...PLAIN_VOICE, deny: lists.toReversed() }, '1')).toBe(
    voiceMark({ ...PLAIN_VOICE, deny: lists }, '1'),
  );
});
