import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  createListenerTexts,
  type ListenerTexts,
} from '../../../../src/content/alt-text/listener-texts';
import { element, show, until } from '../../harness/page';

type Hint = NonNullable<Parameters<ListenerTexts['tell']>[1]>;

/** What is asked of a hint here; the rest of it says how it was found. */
const hint = (text: string, probability = 0.934): Hint =>
  ({ text, probability, synset: 'n02123045' }) as Hint;

let controller: AbortController;
let texts: ListenerTexts;
beforeEach(() => {
  document.documentElement.lang = 'en';
  show('<img src="a.png">');
  controller = new AbortController();
  texts = createListenerTexts(controller.signal);
});
afterEach(() => {
  controller.abort();
});
const image = () => element('img');
const state = () => [image().getAttribute('alt'), image().getAttribute('data-alt-lens')];
const CLEAN = [null, null];

test('nothing is written until a mode asks for it, and nothing stays when it ends', () => {
  texts.tell(image(), hint('Possibly a cat'), 'a');
  expect(state()).toEqual(CLEAN);
  texts.setMode('missing');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  expect(state()).toEqual(['Possibly a cat', 'n02123045 0.93']);
  expect(texts.textOf(image())).toBe('Possibly a cat');
  texts.setMode('off');
  expect(state()).toEqual(CLEAN);
});

test('a hint that is taken back takes its text along', () => {
  texts.setMode('missing');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  texts.tell(image(), null, 'a');
  expect(state()).toEqual(CLEAN);
});

test('a name that a person taught is put into no page', () => {
  texts.setMode('missing');
  texts.tell(image(), { ...hint('May be Mira'), synset: 'u0123abcd' }, 'a');
  expect(state()).toEqual(CLEAN);
});

test('a weak text gives way in the mode for weak ones only', () => {
  show('<img src="a.png" alt="IMG_1234.jpg">');
  texts.setMode('missing');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  expect(state()).toEqual(['IMG_1234.jpg', null]);
  texts.setMode('missing-and-weak');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  expect(state()).toEqual(['Possibly a cat', 'n02123045 0.93']);
});

test('a draft of two things goes when one of them is said alone', () => {
  const both = { ...hint('May be a cat and a dog'), synset: 'n02123045+n02084071' };
  texts.choose(image(), 'a', { text: 'Cat and dog', said: both });
  texts.keepDraftOf(image(), both);
  texts.tell(image(), null, 'a');
  expect(state()[0]).toBe('Cat and dog');
  texts.keepDraftOf(image(), hint('May be a cat'));
  texts.tell(image(), null, 'a');
  expect(state()).toEqual(CLEAN);
});

test('the word of a person goes before the mode until another picture is shown', () => {
  expect(texts.choose(image(), 'a', { text: 'My cat Tom', said: null })).toBe(true);
  expect(state()).toEqual(['My cat Tom', 'edited']);
  texts.setMode('missing');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  expect(state()).toEqual(['My cat Tom', 'edited']);
  texts.tell(image(), hint('Possibly a cat'), null);
  texts.tell(image(), hint('Possibly a dog'), 'b');
  expect(state()).toEqual(['Possibly a dog', 'n02123045 0.93']);
});

test('a person who wants no text has none, whatever the mode', () => {
  texts.setMode('missing');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  expect(texts.choose(image(), 'a', null)).toBe(true);
  texts.tell(image(), hint('Possibly a cat'), 'a');
  expect(state()).toEqual(CLEAN);
});

test('a choice that is refused leaves what was chosen before', () => {
  show('<img src="a.png" alt="">');
  expect(texts.choose(image(), 'a', { text: 'My cat', said: null })).toBe(false);
  image().removeAttribute('alt');
  texts.setMode('missing');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  expect(state()).toEqual(['Possibly a cat', 'n02123045 0.93']);
});

test('a dropped draft is not told any more; words of the person are', () => {
  texts.setMode('off');
  texts.choose(image(), 'a', { text: 'Possibly a cat', said: hint('Possibly a cat', 0.5) });
  expect(state()).toEqual(['Possibly a cat', 'n02123045 0.50']);
  texts.keepDraftOf(image(), null);
  texts.tell(image(), null, 'a');
  expect(state()).toEqual(CLEAN);
  texts.choose(image(), 'a', { text: 'My cat Tom', said: null });
  texts.keepDraftOf(image(), null);
  texts.tell(image(), null, 'a');
  expect(state()).toEqual(['My cat Tom', 'edited']);
});

test('everything is given back when the signal fires', () => {
  texts.choose(image(), 'a', { text: 'My cat Tom', said: null });
  controller.abort();
  expect(state()).toEqual(CLEAN);
});

test('in an island that is still to be taken over nothing is written, until a moment after it was', async () => {
  show('<astro-island ssr><p><img src="a.png"></p></astro-island><img id="beside" src="b.png">');
  texts.setMode('missing');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  texts.tell(element('#beside'), hint('Possibly a cat'), 'b');
  expect(element('#beside').getAttribute('alt')).toBe('Possibly a cat');
  expect(state()).toEqual(CLEAN);
  // The latest word counts.
  texts.tell(image(), hint('Possibly a dog'), 'a');
  const island = element('astro-island');
  const before = island.innerHTML;
  island.removeAttribute('ssr');
  await new Promise((resolve) => setTimeout(resolve, 300));
  texts.tell(image(), hint('Possibly a dog'), 'a');
  expect(island.innerHTML).toBe(before);
  await until('the text is there', () => state()[0] === 'Possibly a dog');
  texts.tell(image(), null, 'a');
  expect(state()).toEqual(CLEAN);
});

test('what was taken back, or was ended, while an island was waited for is not written', async () => {
  show('<astro-island ssr><img src="a.png"><img id="other" src="b.png"></astro-island>');
  texts.setMode('missing');
  texts.tell(image(), hint('Possibly a cat'), 'a');
  texts.tell(element('#other'), hint('Possibly a cat'), 'b');
  texts.tell(image(), null, 'a');
  element('astro-island').removeAttribute('ssr');
  await until('the other has its text', () => element('#other').hasAttribute('alt'));
  expect(state()).toEqual(CLEAN);
});
