/** Images that stand for a link's target or a button's action are not named by what they show. */
import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  createListenerTexts,
  type ListenerTexts,
} from '../../../../src/content/alt-text/listener-texts';
import { createPurposeReader } from '../../../../src/content/alt-text/purpose';
import { element, show, squarePng } from '../../harness/page';

const PICTURE = squarePng(40);
const IMG = `<img id="x" src="${PICTURE}" width="60" height="60">`;

const purpose = (html: string) => {
  show(html);
  return createPurposeReader()(element('#x'));
};
const link = (target: string | null) => ({ control: 'link', target });
const button = (target: string | null) => ({ control: 'button', target });

test.each([
  ['alone', IMG, null],
  [
    'alone in a link',
    `<a href="https://shop.example/umbrellas">${IMG}</a>`,
    link('https://shop.example/umbrellas'),
  ],
  [
    'with blanks and wrappers',
    `<a href="https://shop.example/"> <span>\n${IMG}</span></a>`,
    link('https://shop.example/'),
  ],
  ['beside words in the link', `<a href="https://shop.example/">${IMG} Umbrellas</a>`, null],
  [
    'beside words that nobody hears',
    `<a href="https://shop.example/">${IMG}<b hidden>Umbrellas</b></a>`,
    link('https://shop.example/'),
  ],
  [
    'with a weak text',
    `<a href="https://shop.example/a">${IMG.replace('<img', '<img alt="IMG_1.jpg"')}</a>`,
    link('https://shop.example/a'),
  ],
  [
    'in a link that has a name',
    `<a href="https://shop.example/a" aria-label="Umbrellas">${IMG}</a>`,
    link('https://shop.example/a'),
  ],
  [
    'two in a link',
    `<a href="https://shop.example/a">${IMG}<img src="${PICTURE}"></a>`,
    link('https://shop.example/a'),
  ],
  ['in a link by role', `<span role="link" tabindex="0">${IMG}</span>`, link(null)],
  [
    'a link that runs a script',
    `<a href="javascript:open()">${IMG}</a>`,
    link('javascript:open()'),
  ],
  ['in an anchor without a target', `<a>${IMG}</a>`, null],
  ['in a heading', `<h2>${IMG}</h2>`, null],
  ['in a button', `<button type="button">${IMG}</button>`, button(null)],
  ['in a button with words', `<button type="button">${IMG} Buy</button>`, null],
  [
    'in a button that sends a form',
    `<form action="https://shop.example/search"><button>${IMG}</button></form>`,
    button('https://shop.example/search'),
  ],
  [
    'in a button that sends a form elsewhere',
    `<form action="https://shop.example/search"><button formaction="https://shop.example/buy">${IMG}</button></form>`,
    button('https://shop.example/buy'),
  ],
  [
    'in a button that opens a popover',
    `<button popovertarget="menu">${IMG}</button>`,
    button('#menu'),
  ],
  [
    'in a button that controls',
    `<button type="button" aria-controls="list">${IMG}</button>`,
    button('#list'),
  ],
  [
    'in a button with a script',
    `<button type="button" onclick="openMenu()">${IMG}</button>`,
    button('openMenu()'),
  ],
  [
    'a button of its own',
    `<form action="https://shop.example/go"><input id="x" type="image" src="${PICTURE}"></form>`,
    button('https://shop.example/go'),
  ],
])('%s', (_, html, expected) => {
  expect(purpose(html)).toEqual(expected);
});

let controller: AbortController;
let texts: ListenerTexts;
beforeEach(() => {
  document.documentElement.lang = 'en';
  controller = new AbortController();
  texts = createListenerTexts(controller.signal);
});
afterEach(() => {
  controller.abort();
});

type Hint = NonNullable<Parameters<ListenerTexts['tell']>[1]>;
const HINT = { text: 'May be an umbrella', probability: 0.9, synset: 'n04507155' } as Hint;

/** What a listener hears of the image in the mode that replaces most. */
function heard(html: string): string | null {
  show(html);
  texts.setMode('off');
  texts.setMode('missing-and-weak');
  texts.tell(element('#x'), HINT, 'a', 'en');
  return element('#x').getAttribute('alt');
}

test.each([
  [
    'the last part of its path',
    '<a href="https://shop.example/all/rain-umbrellas_2.html">',
    'rain umbrellas 2, may be an umbrella',
  ],
  [
    'what is escaped there',
    '<a href="https://shop.example/Caf%C3%A9%20menu">',
    'Café menu, may be an umbrella',
  ],
  [
    'its host where there is no path',
    '<a href="https://www.shop.example/">',
    'shop.example, may be an umbrella',
  ],
  [
    'who gets the mail',
    '<a href="mailto:info@shop.example">',
    'info@shop.example, may be an umbrella',
  ],
  [
    'its own name',
    '<a href="https://shop.example/7" aria-label="Rain wear">',
    'Rain wear, may be an umbrella',
  ],
  [
    'its tooltip',
    '<a href="https://shop.example/7" title="Rain wear">',
    'Rain wear, may be an umbrella',
  ],
  [
    'that it is one, where nothing else tells',
    '<a href="javascript:void(0)">',
    'card_control_link, may be an umbrella',
  ],
])('of a link: %s first', (_, tag, expected) => {
  expect(heard(`${tag}${IMG}</a>`)).toBe(expected);
});

test('of a button: that it is one, first', () => {
  expect(heard(`<button type="button">${IMG}</button>`)).toBe(
    'card_control_button, may be an umbrella',
  );
});

test('beside words, and outside of links, it is as before', () => {
  expect(heard(IMG)).toBe('May be an umbrella');
  expect(heard(`<p>${IMG} Umbrellas</p>`)).toBe('May be an umbrella');
});

test('what the person writes is theirs, in a link too', () => {
  show(`<a href="https://shop.example/7">${IMG}</a>`);
  expect(texts.choose(element('#x'), 'a', { text: 'To the shop', said: null })).toBe(true);
  expect(element('#x').getAttribute('alt')).toBe('To the shop');
});
