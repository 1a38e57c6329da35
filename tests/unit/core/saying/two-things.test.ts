import { describe, expect, test } from 'vitest';

import { packWords, readWordTables } from '../../../../scripts/taxonomy/words';
import { endsOf, isWideOrTall } from '../../../../src/core/look/ends';
import { type Look, makeLook } from '../../../../src/core/look/look';
import { synsetOf } from '../../../../src/core/saying/taxonomy';
import { say } from '../../../../src/core/saying/say';
import { isTwoToSeek, saidOf } from '../../../../src/core/saying/said';
import { twoThings, withTwo } from '../../../../src/core/saying/two-things';
import { PLAIN_VOICE } from '../../../../src/core/saying/voice';
import { labelledNodes, parseWords } from '../../../../src/core/saying/words';

const TABBY = 281;
const PANDA = 388;
const CANDLE = 470;
const IGUANA = 39;

/** A look at a photo of this class, so far ahead of another. */
function lookAtClass(classIndex: number, other = 900, lead = 14): Look {
  const logits = new Float32Array(1001);
  logits[classIndex + 1] = 12 + lead;
  logits[other + 1] = 12;
  return makeLook({
    variant: 'accurate',
    logits: [logits],
    embeddings: [Float32Array.from({ length: 1024 }, (_, index) => (index % 9 < 2 ? 0 : 0.8))],
    pixels: { texture: 0.7, softness: 0.9, palette: 0.2 },
  });
}

const seen = (first: Look, second: Look, voice = PLAIN_VOICE) =>
  twoThings([first, second], 299, voice);

test('two that are sure are named together, in the order in which they are seen', () => {
  const two = seen(lookAtClass(TABBY), lookAtClass(CANDLE));
  expect(two).toMatchObject({
    things: { text: 'May be a tabby cat and a candle', label: 'tabby cat and candle' },
    draft: 'Tabby cat and candle',
  });
  expect(two?.things.hints.map(({ label }) => label)).toEqual(['tabby cat', 'candle']);
  expect(seen(lookAtClass(CANDLE), lookAtClass(TABBY))?.draft).toBe('Candle and tabby cat');
});

test('one thing in two halves is none, nor what only one half is sure of', () => {
  expect(seen(lookAtClass(TABBY), lookAtClass(TABBY))).toBeNull();
  // Likely enough to be there as well.
  expect(seen(lookAtClass(TABBY), lookAtClass(CANDLE, TABBY, 1.5))).toBeNull();
  expect(seen(lookAtClass(TABBY), lookAtClass(CANDLE, 900, 2))).toBeNull();
});

test('what a person does not want to hear is not said of a part either', () => {
  const [cat, candle] = [lookAtClass(TABBY), lookAtClass(CANDLE)];
  expect(seen(cat, candle, { ...PLAIN_VOICE, dismissed: [synsetOf(CANDLE)] })).toBeNull();
  expect(
    seen(cat, candle, { ...PLAIN_VOICE, deny: [synsetOf(TABBY)] })?.things.hints[0].label,
  ).not.toBe('tabby cat');
  expect(twoThings([cat, candle], 60, PLAIN_VOICE)).toBeNull();
});

test('both are said in the place of the whole, and a dismissal of one keeps both back', () => {
  const ends = [lookAtClass(TABBY), lookAtClass(CANDLE)] as const;
  const size = { width: 600, height: 299 };
  const whole = say(lookAtClass(PANDA), size, PLAIN_VOICE);
  const saying = withTwo(whole, ends, 299, PLAIN_VOICE);
  expect(saying).toMatchObject({ hint: whole.hint, draft: 'Tabby cat and candle', twoKept: [] });
  const said = saidOf(saying);
  expect(said).toMatchObject({ label: 'tabby cat and candle', english: 'tabby cat and candle' });
  expect(said?.synset).toBe(`${synsetOf(TABBY)}+${synsetOf(CANDLE)}`);
  expect(said?.probability).toBeGreaterThan(0.94);
  expect(said?.probability).toBeLessThan(saying.two?.hints[0].probability ?? 0);

  const dismissed = withTwo(whole, ends, 299, {
    ...{ ...PLAIN_VOICE, dismissed: [synsetOf(CANDLE)] },
  });
  expect(dismissed).toMatchObject({ two: null, draft: whole.draft });
  expect(dismissed.twoKept?.map(({ label }) => label)).toEqual(['candle']);
  expect(saidOf(dismissed)).toBe(whole.hint);

  // One thing in both ends: the whole is what is said, and nobody need ask again.
  const one = withTwo(whole, [ends[0], ends[0]], 299, PLAIN_VOICE);
  expect(one).toEqual({ ...whole, two: null, twoKept: [] });
  const picture = `${'0'.repeat(64)}-600x299`;
  expect(isTwoToSeek({ ...whole, picture })).toBe(true);
  expect(isTwoToSeek({ ...one, picture })).toBe(false);
  expect(isTwoToSeek({ ...whole, picture: `${'0'.repeat(64)}-400x299` })).toBe(false);
});

test('what a person took back, or named, comes before its parts', () => {
  const ends = [lookAtClass(TABBY), lookAtClass(CANDLE)] as const;
  const size = { width: 600, height: 299 };
  const voice = { ...PLAIN_VOICE, dismissed: [synsetOf(PANDA)] };
  const whole = say(lookAtClass(PANDA), size, voice);
  expect(whole.kept).not.toBeNull();
  expect(withTwo(whole, ends, 299, voice)).toEqual({ ...whole, two: null });
  const hint = whole.kept && { ...whole.kept, synset: 'u0000000a', bits: 9 };
  const named = { ...whole, hint, kept: null, silence: null };
  expect(withTwo(named, ends, 299, PLAIN_VOICE).two).toBeNull();
});

describe('in other languages', () => {
  test.each([
    ['de', 'Vielleicht ein Großer Panda und', 'Großer Panda und '],
    ['fr', ' et ', ' et '],
    ['ja', 'と', 'と'],
  ] as const)('%s', async (lang, text, draft) => {
    const table = (await readWordTables()).find((each) => each.lang === lang);
    if (table === undefined) throw new Error('No table.');
    const words = parseWords(packWords(table, labelledNodes().map(synsetOf)), table.lang);
    const two = seen(lookAtClass(PANDA), lookAtClass(CANDLE), {
      ...PLAIN_VOICE,
      ...{ words, draftWords: words },
    });
    expect(two?.things.text).toContain(text);
    expect(two?.draft).toContain(draft);
    expect(`${two?.things.text ?? '{'}${two?.draft ?? '{'}`).not.toMatch(/[{}]/);
  });

  test('a Spanish y before an i is an e', async () => {
    const table = (await readWordTables()).find(({ lang }) => lang === 'es');
    if (table === undefined) throw new Error('No table.');
    const words = parseWords(packWords(table, labelledNodes().map(synsetOf)), 'es');
    const label = (name: string) => ({ article: '', name, isKind: false });
    expect(words.twoDraft(label('perro'), label('iguana'))).toBe('Perro e iguana');
    expect(words.twoDraft(label('perro'), label('hielo'))).toBe('Perro y hielo');
    expect(words.labelOf(IGUANA)).toBeDefined();
  });
});

test('the ends of a picture', () => {
  const data = Uint8ClampedArray.from({ length: 3 * 1 * 4 }, (_, index) => Math.floor(index / 4));
  const [left, right] = endsOf({ width: 3, height: 1, data });
  expect(left).toMatchObject({ width: 1, height: 1 });
  expect([...left.data, ...right.data]).toEqual([0, 0, 0, 0, 2, 2, 2, 2]);
  const [upper, lower] = endsOf({ width: 1, height: 3, data });
  expect([...upper.data, ...lower.data]).toEqual([0, 0, 0, 0, 2, 2, 2, 2]);
  const [one, other] = endsOf({
    width: 3,
    height: 2,
    data: new Uint8ClampedArray([...data, ...data]),
  });
  expect([...one.data].map(Number)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1]);
  expect([...other.data]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2]);
  expect(isWideOrTall({ width: 300, height: 200 })).toBe(true);
  expect(isWideOrTall({ width: 200, height: 300 })).toBe(true);
  expect(isWideOrTall({ width: 299, height: 200 })).toBe(false);
});
