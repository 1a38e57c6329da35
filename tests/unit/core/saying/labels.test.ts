import { expect, test } from 'vitest';

import { labelOf, type PlainLabel } from '../../../../src/core/saying/labels';
import { CLASS_COUNT } from '../../../../src/core/saying/prediction';
import { isAtOrBelow, NODE_COUNT, nodeOf } from '../../../../src/core/saying/taxonomy';
import { draftText, hintText, MAX_DRAFT_CHARACTERS } from '../../../../src/core/saying/wording';

const said: { node: number; label: PlainLabel }[] = Array.from(
  { length: NODE_COUNT },
  (_, node) => node,
).flatMap((node) => {
  const label = labelOf(node);
  return label === undefined ? [] : [{ node, label }];
});
const names = (test: (label: PlainLabel) => boolean): string[] =>
  said.filter(({ label }) => test(label)).map(({ label }) => label.name);

test('every class has a label, and more than 200 ancestors do', () => {
  expect(said.filter(({ node }) => node < CLASS_COUNT)).toHaveLength(CLASS_COUNT);
  expect(said.length).toBeGreaterThan(CLASS_COUNT + 200);
});

test('labels are plain: letters, hyphens, apostrophes, single spaces', () => {
  expect(names(({ name }) => !/^[A-Za-zé0-9'-]+(,? [A-Za-zé0-9'-]+)*$/.test(name))).toEqual([]);
});

test('no label is a Latin name of a species', () => {
  // A binomial is a capitalised genus and a species in lower case, mostly with a Latin ending.
  const binomial = /^[A-Z][a-z]+ [a-z]+(us|um|is|ae|ii|ens|ix)$/;
  const genus = /\b(Canis|Felis|Panthera|Ursus|Vulpes|Equus|Ovis|Capra|Tinca|Pan|Sus|Crocodylus)\b/;
  expect(binomial.test('Canis familiaris')).toBe(true);
  expect(names(({ name }) => binomial.test(name) || genus.test(name))).toEqual([]);
  expect(names(({ name }) => /idae\b|inae\b|\bsp\./.test(name))).toEqual([]);
});

test('different classes have different labels, also spoken', () => {
  const classes = said.filter(({ node }) => node < CLASS_COUNT);
  expect(new Set(classes.map(({ label }) => label.name.toLowerCase())).size).toBe(CLASS_COUNT);
  expect(new Set(classes.map(({ label }) => hintText(label))).size).toBe(CLASS_COUNT);
});

test('an ancestor shares its name with a class only where it stands above it', () => {
  const classes = new Map(
    said.filter(({ node }) => node < CLASS_COUNT).map(({ node, label }) => [label.name, node]),
  );
  const ancestors = said.filter(({ node }) => node >= CLASS_COUNT);
  const shared = ancestors.flatMap(({ node, label }) => {
    const classIndex = classes.get(label.name);
    return classIndex === undefined || isAtOrBelow(classIndex, node) ? [] : [label.name];
  });
  expect(shared).toEqual([]);
  // WordNet has two synsets for what is eaten, neither above the other.
  const ancestorNames = ancestors.map(({ label }) => label.name);
  expect(ancestorNames.filter((name, place) => ancestorNames.indexOf(name) < place)).toEqual([
    'food',
  ]);
});

/** Vowel letters that sound like consonants at the start, and the reverse. */
const SOUNDS_LIKE_CONSONANT = /^(uni|one-|eu|ukulele)/i;
const SILENT_H = /^hour/i;

test('articles fit the sound that follows', () => {
  const wrong = said.filter(({ label: { article, name } }) => {
    const isVowel =
      (/^[aeiou]/i.test(name) && !SOUNDS_LIKE_CONSONANT.test(name)) || SILENT_H.test(name);
    return article !== '' && (article === 'an') !== isVowel;
  });
  expect(wrong.map(({ label }) => label.name)).toEqual([]);
});

test.each([
  ['n02123045', 'a', 'tabby cat'],
  ['n02676566', 'an', 'acoustic guitar'],
  ['n03544143', 'an', 'hourglass'],
  ['n04509417', 'a', 'unicycle'],
  ['n02841315', '', 'binoculars'], // plural
  ['n03594734', '', 'jeans'],
  ['n07714990', '', 'broccoli'], // mass noun
  ['n04591157', 'a', 'Windsor tie'], // proper noun kept
  ['n02012849', 'a', 'crane bird'], // told from
  ['n03126707', 'a', 'construction crane'],
  ['n03710637', 'a', 'maillot swimsuit'], // told from
  ['n03710721', 'a', 'one-piece swimsuit'],
  ['n01514668', 'a', 'rooster'], // not its first lemma, which says something else
])('%s is "%s %s"', (synset, article, name) => {
  const label = labelOf(nodeOf(synset) ?? -1);
  expect(label).toMatchObject({ article, name });
});

test('plurals and mass nouns have no article, count nouns have one', () => {
  const withArticle = names(({ article, isKind }) => !isKind && article !== '');
  // Ends in -s, yet one of them is meant.
  const singular =
    /(ss|us|is|lens|atlas|abacus|daddy longlegs|gas|chest of drawers|triceratops|Pyrenees|Flandres)$/;
  expect(withArticle.filter((name) => name.endsWith('s') && !singular.test(name))).toEqual([]);
});

test('no draft is longer than alt text should be', () => {
  expect(names((label) => draftText(label).length > MAX_DRAFT_CHARACTERS)).toEqual([]);
});

test('what says nothing is never said', () => {
  // entity, physical entity, object, whole, artifact, living thing, instrumentality, structure, covering
  const empty =
    'n00001740 n00001930 n00002684 n00003553 n00021939 n00004258 n03575240 n04341686 n03122748';
  for (const synset of empty.split(' ')) {
    const node = nodeOf(synset);
    expect(node).toBeDefined();
    expect(labelOf(node ?? 0)).toBeUndefined();
  }
});
