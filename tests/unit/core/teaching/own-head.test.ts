import { describe, expect, test } from 'vitest';

import type { Look } from '../../../../src/core/look/look';
import { say } from '../../../../src/core/saying/say';
import { PLAIN_VOICE, type Voice, voiceMark } from '../../../../src/core/saying/voice';
import {
  askedOf,
  compare,
  meanFeatures,
  measured,
  sightOf,
} from '../../../../src/core/teaching/likeness';
import { fitOwnHead } from '../../../../src/core/teaching/own-head';
import type { OwnExample } from '../../../../src/core/teaching/own-label';
import { createSightIndex } from '../../../../src/core/teaching/sight-index';
import { exampleOf, lookAt, ownLabel } from '../../support/taught';

const CAT = 281;
const DRAWN = { texture: 0.01, softness: 0.01, palette: 0.99 };
const SIZE = { width: 300, height: 200 };
const mira = ownLabel(1, 'Mira');
const mug = ownLabel(2, 'our blue mug');

function headOf(...things: { label: typeof mira; looks: ReturnType<typeof lookAt>[] }[]) {
  const head = fitOwnHead(
    {
      labels: things.map(({ label }) => label),
      examples: things.flatMap(({ label, looks }) => looks.map((look) => exampleOf(label, look))),
    },
    'accurate',
    'mark',
  );
  if (head === null) throw new Error('nothing was fitted');
  return head;
}

const many = (kind: number) => [1, 2, 3, 4, 5].map((thing) => lookAt({ kind, thing }));

describe('one example', () => {
  const head = headOf({ label: mira, looks: [lookAt({ kind: CAT })] });

  test('speaks on the picture in another quality', () => {
    expect(head.match(lookAt({ kind: CAT, blur: 0.1 }))).toMatchObject({
      ...{ label: { name: 'Mira' }, isCopy: true },
    });
  });

  test('is silent on others of its kind, and on other things', () => {
    for (const kind of [CAT, 5, 700]) {
      expect(head.match(lookAt({ kind, thing: 3, blur: 1 }))).toBeNull();
    }
  });
});

test('of several examples what they have in common is known again, and nothing else', () => {
  const head = headOf({ label: mira, looks: many(CAT) }, { label: mug, looks: many(504) });
  const other = { thing: 9, blur: 0.2 };
  expect(head.match(lookAt({ kind: CAT, ...other }))).toMatchObject({ label: mira, isCopy: false });
  expect(head.match(lookAt({ kind: 504, ...other }))).toMatchObject({ label: mug, isCopy: false });
  expect(head.match(lookAt({ kind: 30, ...other }))).toBeNull();
  expect(head.quality).toEqual([
    { label: mira.id, found: 5, of: 5 },
    { label: mug.id, found: 5, of: 5 },
  ]);
});

test('a label that is off, and examples of another model, say nothing', () => {
  const off = ownLabel(1, 'Mira', { isOn: false });
  const examples = [exampleOf(off, lookAt({ kind: CAT }))];
  expect(fitOwnHead({ labels: [off], examples }, 'accurate', '')).toBeNull();
  expect(fitOwnHead({ labels: [mira], examples }, 'fast', '')).toBeNull();
});

test('of a picture that was taught twice the last word counts', () => {
  const look = lookAt({ kind: CAT });
  const head = headOf({ label: mira, looks: [look] }, { label: mug, looks: [look] });
  expect(head.match(look)?.label).toBe(mug);
});

test('50 labels of 20 examples are fitted at once', () => {
  const labels = Array.from({ length: 50 }, (_, place) =>
    ownLabel(1, `name ${place}`, { id: `u${String(place).padStart(8, '0')}` }),
  );
  const examples = labels.flatMap((label, kind) =>
    Array.from({ length: 20 }, (_, thing) => exampleOf(label, lookAt({ kind, thing }))),
  );
  const startedAt = performance.now();
  const head = fitOwnHead({ labels, examples }, 'accurate', '');
  console.log(JSON.stringify({ fitMilliseconds: performance.now() - startedAt }));
  expect(head?.quality).toHaveLength(50);
});

describe('what is said', () => {
  const own = headOf({ label: mira, looks: [lookAt({ kind: CAT })] });
  const voice = (changes: Partial<Voice> = {}): Voice => ({ ...PLAIN_VOICE, own, ...changes });

  test('a name without "kind of", with the hedge, before the label of the model', () => {
    const said = say(lookAt({ kind: CAT }), SIZE, voice());
    expect(said).toMatchObject({
      ...{ hint: { synset: mira.id, label: 'Mira', text: 'May be Mira' }, silence: null },
      draft: 'Mira',
    });
    expect(said.predictions[0]?.classIndex).toBe(CAT);
  });

  test('copies are named whatever they are: drawings, and small ones', () => {
    const drawn = headOf({ label: mira, looks: [lookAt({ kind: CAT }, DRAWN)] });
    const look = lookAt({ kind: CAT }, DRAWN);
    expect(say(look, SIZE, PLAIN_VOICE).silence).toBe('not-a-photo');
    expect(say(look, SIZE, voice({ own: drawn })).hint?.label).toBe('Mira');
    expect(say(look, { width: 60, height: 60 }, voice({ own: drawn })).hint?.label).toBe('Mira');
  });

  test('the likeness of a kind is not told of drawings', () => {
    const kind = headOf({ label: mira, looks: many(CAT) });
    const look = { kind: CAT, thing: 9 };
    expect(say(lookAt(look, DRAWN), SIZE, PLAIN_VOICE).silence).toBe('not-a-photo');
    expect(say(lookAt(look), SIZE, voice({ own: kind })).hint?.label).toBe('Mira');
    expect(say(lookAt(look, DRAWN), SIZE, voice({ own: kind })).silence).toBe('not-a-photo');
  });

  test('a name that was dismissed of the picture is kept back', () => {
    expect(say(lookAt({ kind: CAT }), SIZE, voice({ dismissed: [mira.id] }))).toMatchObject({
      ...{ silence: 'dismissed', hint: null, kept: { label: 'Mira' } },
    });
  });

  test('a class that the person meant is said in the words of the language, unless it is denied', () => {
    const tabby = ownLabel(3, 'tabby cat', { synset: 'n02123045' });
    const named = headOf({ label: tabby, looks: [lookAt({ kind: 30 })] });
    const look = lookAt({ kind: 30 });
    expect(say(look, SIZE, voice({ own: named })).hint?.text).toBe('May be a tabby cat');
    const denied = say(look, SIZE, voice({ own: named, deny: ['n02123045'] }));
    expect(denied.hint?.label).not.toBe('tabby cat');
  });

  test('marks tell voices with other labels apart, and leave those without as they were', () => {
    const marks = [null, own, { ...own, mark: 'other' }].map((each) =>
      voiceMark(voice({ own: each }), '1'),
    );
    expect(new Set(marks).size).toBe(3);
    expect(marks[0]).toBe(voiceMark(PLAIN_VOICE, '1'));
  });
});

/** What a label's examples have in common with a look, each compared alone: the definition, without an index. */
function likenessByPairs(examples: readonly OwnExample[], look: Look): number {
  const own = measured(sightOf(look));
  const ownRoots = new Map([...own.sight.classes].map((each, at) => [each, own.sight.roots[at]]));
  const each = examples.map(({ sight }) => {
    const other = measured(sight);
    let agreed = 0;
    sight.classes.forEach((classIndex, at) => {
      agreed += Math.fround((ownRoots.get(classIndex) ?? 0) / 65_535) * (sight.roots[at] ?? 0);
    });
    agreed /= 65_535;
    if (agreed < 0.12) return agreed;
    const mean = meanFeatures('accurate');
    const centredOf = ({ embedding: { values, scale } }: typeof sight): number[] =>
      Array.from(values, (value, at) => value * scale - (mean[at] ?? 0));
    const [a, b] = [centredOf(own.sight), centredOf(other.sight)];
    const product = (x: number[], y: number[]): number =>
      x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
    return agreed + product(a, b) / Math.sqrt(product(a, a) * product(b, b));
  });
  return Math.log(each.reduce((sum, one) => sum + Math.exp(5 * one), 0) / each.length) / 5;
}

test('all examples at once are as like as each alone', () => {
  const labels = [mira, mug];
  const examples = labels.flatMap((label, kind) =>
    Array.from({ length: 12 }, (_, thing) =>
      exampleOf(label, lookAt({ kind: [CAT, 504][kind] ?? 0, thing })),
    ),
  );
  const head = fitOwnHead({ labels, examples }, 'accurate', '');
  for (const kind of [CAT, 504, 30]) {
    const look = lookAt({ kind, thing: 40, blur: 0.3 });
    for (const { id } of labels) {
      const expected = likenessByPairs(
        examples.filter(({ label }) => label === id),
        look,
      );
      expect(head?.likenessTo(id, look)).toBeCloseTo(expected, 5);
    }
  }
});

test('the index gives what comparing one by one gives, to the bit', () => {
  const all = [1, 2, 3].flatMap((kind) =>
    [1, 2, 3, 4].map((thing) => measured(sightOf(lookAt({ kind, thing })))),
  );
  const index = createSightIndex(all);
  for (const kind of [1, 2, 900]) {
    const asked = askedOf(measured(sightOf(lookAt({ kind, thing: 2, blur: 0.5 }))));
    const { agreed, alike } = index.compareAll(asked);
    expect(all.map((_, place) => ({ agreed: agreed[place], alike: alike[place] }))).toEqual(
      all.map((each) => compare(asked, each)),
    );
  }
});

test('of hundreds of examples some are left out, and all are asked', () => {
  const looks = Array.from({ length: 250 }, (_, thing) => lookAt({ kind: CAT, thing }));
  const head = headOf({ label: mira, looks });
  expect(head.quality).toEqual([{ label: mira.id, found: 84, of: 84 }]);
  for (const place of [0, 1, 2, 249]) {
    expect(head.match(looks[place] ?? lookAt({ kind: CAT }))?.isCopy).toBe(true);
  }
});

describe('thousands of one kind', () => {
  const things = Array.from({ length: 40 }, (_, place) => ownLabel(place, `cup ${place}`));
  const labels = things.map((label, place) => ({
    ...label,
    id: `u${String(place).padStart(8, '0')}`,
  }));
  const head = headOf(
    ...labels.map((label, thing) => ({
      label,
      looks: Array.from({ length: 50 }, (_, place) =>
        lookAt({ kind: CAT, thing, blur: place / 60 }),
      ),
    })),
  );

  test('a copy is found among them', () => {
    for (const thing of [0, 7, 39]) {
      const match = head.match(lookAt({ kind: CAT, thing, blur: 0.1 }));
      expect(match).toMatchObject({ label: { name: `cup ${thing}` }, isCopy: true });
    }
  });

  test('the likest are as like as without the others', () => {
    const all = labels.flatMap((_, thing) =>
      Array.from({ length: 50 }, (_each, place) =>
        measured(sightOf(lookAt({ kind: CAT, thing, blur: place / 60 }))),
      ),
    );
    const asked = askedOf(measured(sightOf(lookAt({ kind: CAT, thing: 7, blur: 0.9 }))));
    const wholes = all.map((other) => compare(asked, other));
    const inOrder = all
      .map((_, place) => place)
      .sort((one, other) => (wholes[other]?.alike ?? 0) - (wholes[one]?.alike ?? 0));
    const { agreed, alike } = createSightIndex(all).compareAll(asked);
    for (const place of inOrder.slice(0, 20)) {
      expect(alike[place]).toBe(wholes[place]?.alike);
      expect(agreed[place]).toBe(wholes[place]?.agreed);
    }
    // The others are taken for what they are, or for a little less: nothing is called so for their sake.
    const errors = all.map((_, place) => (alike[place] ?? 0) - (wholes[place]?.alike ?? 0));
    expect(Math.max(...errors)).toBeLessThan(0.05);
    expect(errors.reduce((sum, error) => sum + error, 0) / all.length).toBeGreaterThan(-0.15);
  });
});
