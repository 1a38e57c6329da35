/** What is read of an image before the rules decide: name, surroundings, namesakes, state. */
import { describe, expect, test, vi } from 'vitest';

import { nameOf } from '../../../../src/content/alt-text/name-of';
import { createNamesakes } from '../../../../src/content/alt-text/namesakes';
import {
  languageAt,
  primaryLanguage,
  readAltFacts,
} from '../../../../src/content/alt-text/read-alt-facts';
import { speakerOf } from '../../../../src/content/alt-text/author-word';
import { createSurroundings } from '../../../../src/content/alt-text/surroundings';
import { MAX_READ_CHARACTERS } from '../../../../src/core/alt-text/flat';
import { closedRoot, element, show, pngOf } from '../../harness/page';

describe('the name and where it comes from', () => {
  test.each([
    ['<img id="x" alt=" A \n cat ">', 'A cat', 'alt'],
    ['<img id="x" alt="A cat" aria-label="A dog">', 'A dog', 'aria-label'],
    ['<img id="x" alt="A cat" aria-labelledby="l"><b id="l">A fox</b>', 'A fox', 'aria-labelledby'],
    ['<img id="x" alt="A cat" aria-labelledby="nobody">', 'A cat', 'alt'],
    ['<img id="x" title="A tip">', 'A tip', 'title'],
    ['<img id="x" alt="" title="A tip">', 'A tip', 'title'],
    ['<img id="x">', '', null],
    ['<svg id="x" role="img"><title>A square</title></svg>', 'A square', 'svg-title'],
    ['<svg id="x" role="img"><g><title>Deep</title></g></svg>', '', null],
    ['<input id="x" type="image" alt="Search">', 'Search', 'alt'],
    ['<input id="x" type="image">', '', null],
    ['<input id="x" type="image" alt="Submit Query">', 'Submit Query', 'alt'],
    ['<label for="x">Go</label><input id="x" type="image" src="a.png">', 'Go', 'label'],
    ['<map><area id="x" alt="Spain" href="#"></map>', 'Spain', 'alt'],
    ['<div id="x" role="img" aria-label="Stars"></div>', 'Stars', 'aria-label'],
  ])('%s', (html, name, nameFrom) => {
    show(html);
    expect(nameOf(element('#x'))).toEqual({ name, nameFrom });
  });
});

describe('the texts around', () => {
  const IMAGE = '<img id="x">';
  const NOTHING = { control: null, linkText: '', caption: '', heading: '' };

  test.each([
    ['<p>Words</p><img id="x">', {}],
    [`<a href="#">${IMAGE}</a>`, { control: 'link' }],
    [`<a>${IMAGE}</a>`, {}],
    [`<a href="#">${IMAGE} To the <b>shop</b></a>`, { linkText: 'To the shop' }],
    [`<a href="#" aria-label="Home">${IMAGE}</a>`, {}],
    [`<a href="#">${IMAGE}<img alt="Home"></a>`, {}],
    [`<a href="#">${IMAGE}<img alt=" "></a>`, { control: 'link' }],
    [`<a href="#">${IMAGE}<style>a { color: red }</style></a>`, { control: 'link' }],
    [`<button>${IMAGE}</button>`, { control: 'button' }],
    [`<div role="button">${IMAGE}</div>`, { control: 'button' }],
    ['<input id="x" type="image">', { control: 'button' }],
    ['<map><area id="x" href="#"></map>', { control: 'link' }],
    [`<figure>${IMAGE}<figcaption>A  cat</figcaption></figure>`, { caption: 'A cat' }],
    [`<div><a>${IMAGE}</a></div><p class="PhotoCaption">A cat</p>`, { caption: 'A cat' }],
    [`<div>Words <a>${IMAGE}</a></div><p class="caption">A cat</p>`, {}],
    [`<h2>Cats ${IMAGE}</h2>`, { heading: 'Cats' }],
    [`<div>${IMAGE}</div><h3>Dogs</h3>`, { heading: 'Dogs' }],
    [`<b><b><b><b><b>${IMAGE}</b></b></b></b></b><h3>Too far</h3>`, {}],
  ])('%s', (html, expected) => {
    show(html);
    expect(createSurroundings()(element('#x'))).toEqual({ ...NOTHING, ...expected });
  });

  test('a link around a shadow root speaks for the image in it', () => {
    show('<a href="#"><span id="host"></span></a>');
    const root = closedRoot(element('#host'), '<img id="x">');
    expect(createSurroundings()(element('#x', root)).control).toBe('link');
  });
});

test('namesakes: one text, another picture; case and spaces do not tell texts apart', async () => {
  const half = (x: number) =>
    pngOf(64, 64, (context) => {
      context.fillRect(x, 0, 32, 64);
      context.fillStyle = '#f80';
      context.fillRect(8, 8 + x, 48, 16);
    });
  const [one, other] = [half(0), half(32)];
  show(
    `<img id="a" src="${one}" alt="A cat"><img id="b" src="${other}" alt="a  CAT">
     <img id="c" src="${one}#c" alt="A dog"><img id="c2" src="${one}#c" alt="A dog"><canvas id="d"></canvas>`,
  );
  await Promise.all([...document.images].map((image) => image.decode()));
  const namesakes = createNamesakes();
  document.querySelectorAll('img, canvas').forEach(namesakes.add);
  expect(namesakes.hasOther(element('#a'), 'A cat')).toBe(true);
  expect(namesakes.hasOther(element('#c'), 'A dog')).toBe(false);
  expect(namesakes.hasOther(element('#c'), 'A cat')).toBe(true);
  expect(namesakes.hasOther(element('#d'), 'A cat')).toBe(false);
  expect(namesakes.hasOther(element('#a'), 'A horse')).toBe(false);
});

test('who speaks for a picture inside a drawing', () => {
  show(
    `<svg id="outer"><svg id="inner"><path id="path"/></svg>
     <g id="group" role="img"><image id="image" href="a.png"/></g></svg><img id="img">`,
  );
  expect(speakerOf(element('#path')).id).toBe('outer');
  expect(speakerOf(element('#image')).id).toBe('group');
  expect(speakerOf(element('#img')).id).toBe('img');
});

test('the language in effect: the nearest, out of shadow roots; an empty one says nothing', () => {
  document.documentElement.lang = 'de';
  show(
    '<p lang="en-GB"><img id="a"></p><p lang=""><img id="b"></p><img id="c"><i lang=" fr "></i>',
  );
  const root = closedRoot(document.createElement('div'), '<img>');
  element('i').append(root.host);
  expect(['#a', '#b', '#c'].map((id) => languageAt(element(id)))).toEqual(['en-GB', null, 'de']);
  expect(languageAt(element('img', root))).toBe('fr');
  expect([primaryLanguage('en-GB'), primaryLanguage('ZH_tw'), primaryLanguage(null)]).toEqual([
    ...['en', 'zh', null],
  ]);
});

describe('hidden from listeners', () => {
  test.each([
    ['<img id="x">', false],
    ['<img id="x" style="display: none">', true],
    ['<p style="visibility: hidden"><img id="x"></p>', true],
    ['<p style="visibility: hidden"><img id="x" style="visibility: visible"></p>', false],
    ['<p style="display: contents"><img id="x"></p>', false],
    ['<p aria-hidden="true"><img id="x"></p>', true],
    ['<p aria-hidden="false"><img id="x"></p>', false],
    ['<p inert><img id="x"></p>', true],
    ['<img id="x" style="opacity: 0">', false],
    ['<map name="m"><area id="x" href="#"></map><img usemap="#m">', false],
    ['<map name="m"><area id="x" href="#"></map><img usemap="#m" hidden>', true],
    ['<map name="m"><area id="x" href="#"></map>', true],
  ])('%s: %s', (html, isHidden) => {
    show(html);
    expect(readAltFacts(element('#x')).isHidden).toBe(isHidden);
  });
});

test('everything that the rules go by', () => {
  document.documentElement.lang = 'en-US';
  show(
    `<figure><img src="https://example.test/a/My%20cat.png?x" alt="A cat" role=" IMG " tabindex="0"
       aria-describedby="z"><figcaption>Our cat</figcaption></figure>`,
  );
  expect(readAltFacts(element('img'))).toEqual({
    ...{ kind: 'img', role: 'img', isHidden: false, isFocusable: true, hasGlobalAria: true },
    ...{ alt: 'A cat', name: 'A cat', nameFrom: 'alt' },
    ...{ control: null, caption: 'Our cat', linkText: '', heading: '' },
    ...{ fileName: 'My cat.png', language: 'en', hasNamesake: false },
  });
});

describe('of a text of any length its beginning is read', () => {
  const LONG = 'word '.repeat(40_000);
  const READ = 'word '.repeat(MAX_READ_CHARACTERS / 5).trim();
  const name = { name: READ };

  test.each([
    [`<img id="x" alt="${LONG}">`, { ...name, nameFrom: 'alt' }],
    [`<img id="x" alt="${' '.repeat(10_000)}${LONG}">`, name],
    [`<img id="x" title="${LONG}">`, { ...name, nameFrom: 'title' }],
    [`<img id="x" aria-label="${LONG}">`, { ...name, nameFrom: 'aria-label' }],
    [
      `<img id="x" aria-labelledby="l"><b id="l">${LONG}</b>`,
      { ...name, nameFrom: 'aria-labelledby' },
    ],
    [
      `<img id="x" aria-labelledby="${'l '.repeat(40_000)}"><b id="l">word</b>`,
      { nameFrom: 'aria-labelledby' },
    ],
    [`<label for="x">${LONG}</label><input id="x" type="image">`, { ...name, nameFrom: 'label' }],
    [`<svg id="x" role="img"><title>${LONG}</title></svg>`, { ...name, nameFrom: 'svg-title' }],
    [`<div id="x" role="button" aria-label="Go">${LONG}</div>`, { name: 'Go' }],
    [`<figure><img id="x"><figcaption>${LONG}</figcaption></figure>`, { caption: READ }],
    [
      `<figure><img id="x"><figcaption>${'<b>word</b> '.repeat(2000)}</figcaption></figure>`,
      { caption: READ },
    ],
    [`<a href="#"><img id="x">${LONG}</a>`, { linkText: READ }],
    [`<h2>${LONG}</h2><img id="x">`, { heading: READ }],
    [`<img id="x" src="https://example.test/${'a'.repeat(5000)}.png">`, {}],
  ])('%.60s', (html, facts) => {
    show(html);
    const read = readAltFacts(element('#x'));
    expect(read).toMatchObject(facts);
    const { caption, linkText, heading, fileName } = read;
    for (const text of [read.name, caption, linkText, heading, fileName ?? '']) {
      expect(text.length).toBeLessThanOrEqual(MAX_READ_CHARACTERS);
    }
  });

  test.each([
    ['side by side', '<b>word</b> '.repeat(3000)],
    [
      'inside one another',
      `${'<b>word '.repeat(300)}${'</b>'.repeat(300)}${'<i></i>'.repeat(300)}`,
    ],
  ])('many elements that a name refers to are not gone over one by one: %s', (_name, inner) => {
    show(`<img id="x" aria-labelledby="l l l l"><div id="l">${inner}</div>`);
    const styles = vi.spyOn(window, 'getComputedStyle');
    expect(nameOf(element('#x'))).toMatchObject({ nameFrom: 'aria-labelledby' });
    expect(styles).not.toHaveBeenCalled();
    styles.mockRestore();
  });
});

describe('labels of image buttons', () => {
  const buttons = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `<label for="b${index}">Cat ${index}</label><input type="image" id="b${index}">`,
    ).join('');

  test('are found in one pass over the page, not in one for each button', async () => {
    show(buttons(300));
    const labels = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'labels');
    const asked = vi.fn();
    Object.defineProperty(HTMLInputElement.prototype, 'labels', {
      configurable: true,
      get: asked,
    });
    try {
      const names = [...document.querySelectorAll('input')].map((each) => nameOf(each).name);
      expect(names).toEqual(Array.from({ length: 300 }, (_, index) => `Cat ${index}`));
      expect(asked).not.toHaveBeenCalled();
    } finally {
      if (labels !== undefined) Object.defineProperty(HTMLInputElement.prototype, 'labels', labels);
    }
    // What the page has changed by the next turn is read anew.
    await Promise.resolve();
    const [first] = document.querySelectorAll('label');
    if (first !== undefined) first.textContent = 'Dog';
    expect(nameOf(element('#b0')).name).toBe('Dog');
    first?.remove();
    await Promise.resolve();
    expect(nameOf(element('#b0')).name).toBe('');
  });

  test('are those of the same tree', () => {
    show('<label for="x">Outside</label><div id="host"></div>');
    const root = closedRoot(element('#host'), '<label>Inside <input type="image" id="x"></label>');
    const button = root.querySelector('input');
    if (button === null) throw new Error('There is no button.');
    expect(nameOf(button).name).toBe('Inside');
  });
});
