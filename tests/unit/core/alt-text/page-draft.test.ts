import { expect, test } from 'vitest';

import { fileNameWords, pageDraft } from '../../../../src/core/alt-text/page-draft';
import type { PageTexts } from '../../../../src/core/alt-text/page-texts';
import { labelOf } from '../../../../src/core/saying/labels';
import type { Saying } from '../../../../src/core/saying/prediction';
import { nodeOf } from '../../../../src/core/saying/taxonomy';

const PANDA = 'n02510455';
const RETRIEVER = 'n02099601';
const HUSKY = 'n02110185';
const BEAGLE = 'n02088364';
const DOG = 'n02084071';
const KITE = 'n01608432';
const ZEBRA = 'n02391049';
const POODLE = 'n02113624';

function nameOf(synset: string): string {
  return labelOf(nodeOf(synset) ?? -1)?.name ?? '';
}

/** A hint, with the classes that are likely. */
function saying(synset: string, classes = [synset], changes: Partial<Saying> = {}): Saying {
  const english = nameOf(synset);
  const text = `May be a ${english}`;
  return {
    predictions: classes.map((each, classIndex) => ({
      ...{ classIndex, synset: each, label: nameOf(each), probability: 0.5 },
    })),
    hint: { synset, label: english, english, text, probability: 0.97, bits: 9 },
    ...{ guess: null, silence: null, lang: 'en', draftLang: 'en', kept: null },
    draft: english.charAt(0).toUpperCase() + english.slice(1),
    ...changes,
  };
}

const texts = (some: Partial<PageTexts>): PageTexts => ({
  ...{ caption: '', heading: '', link: '', fileName: '' },
  ...some,
});

test('a caption that names what is seen is the draft, as it is written', () => {
  const found = pageDraft(texts({ caption: 'Giant panda, Beijing Zoo' }), saying(PANDA));
  expect(found).toEqual({ text: 'Giant panda, Beijing Zoo', from: 'caption' });
});

test.each<[keyof PageTexts, string, string, string]>([
  ['heading', 'Two giant pandas in the snow', PANDA, 'Two giant pandas in the snow'],
  ['link', 'A dog on the beach', RETRIEVER, 'A dog on the beach'],
  ['caption', 'Rex the beagle at Lake Ontario', BEAGLE, 'Rex the beagle at Lake Ontario'],
  ['caption', 'A red kite over Wales', KITE, 'A red kite over Wales'],
  ['fileName', 'toy-poodle-on-sofa-1024x683.jpg', POODLE, 'Toy poodle on sofa'],
])('the %s “%s” agrees', (from, written, synset, text) => {
  expect(pageDraft(texts({ [from]: written }), saying(synset))).toEqual({ text, from });
});

test('a class below what is said, where the model holds it likely', () => {
  const dog = saying(DOG, [BEAGLE, HUSKY]);
  const caption = 'Our beagle at home';
  expect(pageDraft(texts({ caption }), dog)?.text).toBe(caption);
  expect(pageDraft(texts({ caption }), saying(DOG, [HUSKY]))).toBeNull();
});

test('a kind between what is said and what is likeliest, as far as the model holds it likely', () => {
  const MAMMAL = 'n01861778';
  const caption = 'A dog in the park';
  const text = { text: caption, from: 'caption' };
  expect(pageDraft(texts({ caption }), saying(MAMMAL, [BEAGLE, HUSKY]))).toEqual(text);
  // Half a dog, half a zebra.
  expect(pageDraft(texts({ caption }), saying(MAMMAL, [BEAGLE, ZEBRA]))).toBeNull();
});

test.each([
  ['another animal', 'A cat on a mat', RETRIEVER],
  ['a wolf for a husky', 'A wolf in the snow', HUSKY],
  ['a compound', 'Dog food for sale', RETRIEVER],
  ['a crossing', 'Zebra crossing', ZEBRA],
  ['a likeness', 'Dog statue in the park', RETRIEVER],
  ['a denial', 'No dogs in the park', RETRIEVER],
  ['too wide a kind', 'An animal in the park', RETRIEVER],
  ['what the draft says already', 'Golden Retriever', RETRIEVER],
  ['nothing of the picture', 'Photo: Jane Doe', RETRIEVER],
  ['a long text', `A golden retriever${', and more'.repeat(20)}`, RETRIEVER],
  ['an address', 'https://example.org/golden-retriever', RETRIEVER],
])('no draft of %s', (_what, caption, synset) => {
  expect(pageDraft(texts({ caption }), saying(synset))).toBeNull();
});

test('the caption comes before the heading, and what does not agree is passed over', () => {
  const both = { caption: 'A dog in a park', heading: 'My dog on a lawn' };
  expect(pageDraft(texts(both), saying(RETRIEVER))?.from).toBe('caption');
  const one = { caption: 'Photo: Jane Doe', heading: 'My dog on a lawn' };
  expect(pageDraft(texts(one), saying(RETRIEVER))?.from).toBe('heading');
});

test('in the language of the page', () => {
  const german = saying(PANDA, [PANDA], { draft: 'Großer Panda', draftLang: 'de' });
  const caption = 'Großer Panda im Berliner Zoo';
  expect(pageDraft(texts({ caption }), german)?.text).toBe(caption);
  const chinese = saying(PANDA, [PANDA], { draft: '大熊猫', draftLang: 'zh-CN' });
  expect(pageDraft(texts({ caption: '北京动物园的大熊猫' }), chinese)?.from).toBe('caption');
});

test('without a hint nothing is completed', () => {
  const silent = saying(PANDA, [PANDA], { hint: null, silence: 'unsure', draft: null });
  expect(pageDraft(texts({ caption: 'Giant panda, Beijing Zoo' }), silent)).toBeNull();
});

test.each([
  ['giant_panda-beijing.jpg', 'Giant panda beijing'],
  ['IMG_1234.jpg', ''],
  ['panda.jpg', ''],
  ['a1b2-c3d4.png', ''],
  ['', ''],
])('the words of the file name %s are “%s”', (fileName, words) => {
  expect(fileNameWords(fileName)).toBe(words);
});
