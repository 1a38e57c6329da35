/** Never over the author's words: what is written for listeners, and on what nothing ever is. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { altNeedOf } from '../../../../src/content/alt-text/alt-need-of';
import { createAltWriter, type AltWriter } from '../../../../src/content/alt-text/alt-writer';
import { element, pngOf, show, until } from '../../harness/page';

const PHOTO = pngOf(40, 40, (context) => {
  context.fillRect(0, 0, 20, 40);
});
const BACKGROUND = `style="background-image: url(${PHOTO}); width: 40px; height: 40px"`;
const MODES = ['missing', 'missing-and-weak', 'any-weak'] as const;
type Mode = (typeof MODES)[number];

let controller: AbortController;
let writer: AltWriter;
beforeEach(() => {
  document.documentElement.lang = 'en';
  controller = new AbortController();
  writer = createAltWriter({ signal: controller.signal });
});
afterEach(() => {
  controller.abort();
});

const apply = (mode: Mode): boolean =>
  writer.apply(element('#x'), {
    ...{ text: 'May be a kind of mammal', mark: 'n01861778 0.80', language: 'en', mode },
  });

describe.each(MODES)('nothing is written in mode %s', (mode) => {
  test.each([
    // Words on a background are content. HTML-AAM: these elements are named by what is in them.
    ...['h2', 'a href="#"', 'button', 'p', 'div', 'section', 'summary'].map(
      (tag) => `<${tag} id="x" ${BACKGROUND}>Photos</${tag.split(' ')[0] ?? ''}>`,
    ),
    `<table><tbody><tr><td id="x" ${BACKGROUND}>Photos</td></tr></tbody></table>`,
    `<a id="x" href="#" title="To the photos" ${BACKGROUND}>Photos</a>`,
    `<div id="x" ${BACKGROUND}><p><b>Photos</b></p></div>`,
    `<div id="x" title="Our house" ${BACKGROUND}></div>`,
    `<a id="x" href="#" ${BACKGROUND}></a>`,
    `<button id="x" ${BACKGROUND}></button>`,
    `<button id="x" aria-label="IMG_1234.jpg" ${BACKGROUND}></button>`,
    `<div id="x" role="button" tabindex="0" ${BACKGROUND}></div>`,
    `<div id="x" role="img" ${BACKGROUND}>Photos</div>`,
    `<div id="x" role="img" aria-label="Our house in winter" ${BACKGROUND}></div>`,
    `<div id="x" ${BACKGROUND}></div>`,
    // accname 2B returns only what is not empty, else 2C to 2I.
    '<span id="e"></span><div id="x" role="img" aria-labelledby="e" aria-label="Rex, our dog"></div>',
    '<span id="e"></span><img id="x" aria-labelledby="e" aria-label="Rex, our dog">',
    '<span id="e"> </span><img id="x" aria-labelledby="e gone" alt="Rex, our dog">',
    '<span id="e"></span><svg id="x" role="img" aria-labelledby="e"><title>Rex, our dog</title></svg>',
    '<span id="e"></span><canvas id="x" role="img" aria-labelledby="e" aria-label="Rex, our dog"></canvas>',
    '<span id="e"></span><object id="x" data="a.png" aria-labelledby="e" aria-label="Rex, our dog"></object>',
    '<span id="e"></span><input id="x" type="image" aria-labelledby="e" alt="Find">',
    // What the author keeps silent stays silent, also where a control lacks its name.
    '<a href="#"><img id="x" alt="" src="a.png"></a>',
    '<a href="#"><img id="x" role="presentation" src="a.png"></a>',
    '<button><img id="x" aria-hidden="true" src="a.png"></button>',
    '<button><svg id="x" width="9" height="9"><path d="M0 0h9v9z"/></svg></button>',
    '<img id="x" alt="" tabindex="0" src="a.png">',
    '<img id="x" alt="" role="img" src="a.png">',
    '<map name="m"><area id="x" coords="0,0,9,9"></map><img usemap="#m" alt="Map" src="a.png">',
  ])('%s', (html) => {
    show(html);
    const before = document.body.innerHTML;
    expect(apply(mode)).toBe(false);
    expect(document.body.innerHTML).toBe(before);
  });
});

test.each([
  `<div id="x" role="img" ${BACKGROUND}></div>`,
  `<span id="x" role="img" ${BACKGROUND}><i></i></span>`,
  '<img id="x" src="a.png">',
  '<span id="e"></span><img id="x" aria-labelledby="e" src="a.png">',
])('but on what has an image role, no words and no name: %s', (html) => {
  show(html);
  expect(apply('missing')).toBe(true);
});

test.each([
  ['<h2 id="x" BG>Photos</h2>', null],
  ['<a id="x" href="#" BG title="Photos of us">Photos</a>', null],
  ['<td id="x" BG>Photos</td>', null],
  ['<div id="x" BG>Photos <img src="b.png" alt="A bee"></div>', null],
  ['<div id="x" BG><span hidden>Photos</span></div>', 'decorative'],
  ['<div id="x" BG></div>', 'decorative'],
  ['<div id="x" role="img" BG>Photos</div>', 'missing'],
])('no verdict on words with a picture behind: %s', (html, need) => {
  const shown = html.replace('BG', BACKGROUND);
  show(html.startsWith('<td') ? `<table><tbody><tr>${shown}</tr></tbody></table>` : shown);
  expect(altNeedOf(element('#x')).need).toBe(need);
});

describe('good and odd texts are never replaced for "missing and weak"', () => {
  test.each([
    ['R2-D2', 'r2-d2.jpg'],
    ['COVID-19', 'covid-19.png'],
    ['F-16', 'f-16.webp'],
    ...['🐶', '42', 'P1000', 'HTML5', '404', '🇩🇪', '★★★★☆', 'Link', 'Avatar', 'Image', 'photo'].map(
      (text) => [text, 'a.png'],
    ),
    ['Choose brochure.pdf', 'a.png'],
    ['Rex at the beach, as shown in rex.jpg', 'rex.jpg'],
    ['sunset.jpg', 'sunset.jpg'],
    ['/photos/our-dog-rex.jpg', 'rex.jpg'],
  ])('%s', (alt, file) => {
    show(`<img id="x" alt="${alt}" src="https://example.test/${file}">`);
    expect(apply('missing-and-weak')).toBe(false);
    expect(element('#x').getAttribute('alt')).toBe(alt);
  });

  test.each(['IMG_1234.jpg', '/media/0042.png', 'null', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'])(
    'but what says nothing to anyone: %s',
    (alt) => {
      show(`<img id="x" alt="${alt}" src="https://example.test/a.png">`);
      expect(apply('missing-and-weak')).toBe(true);
    },
  );
});

describe('what is copied out of the page by the browser is without our texts', () => {
  const isClean = () => element('#x').outerHTML === '<img id="x">';
  beforeEach(() => {
    show('<img id="x">');
    expect(apply('missing')).toBe(true);
    expect(isClean()).toBe(false);
  });

  test('while it is printed', async () => {
    dispatchEvent(new Event('beforeprint'));
    expect(isClean()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isClean()).toBe(true);
    dispatchEvent(new Event('afterprint'));
    await until('the text is back', () => !isClean());
  });

  test('a text that comes meanwhile is written afterwards', async () => {
    writer.revertAll();
    dispatchEvent(new Event('beforeprint'));
    expect(apply('missing')).toBe(true);
    expect(isClean()).toBe(true);
    dispatchEvent(new Event('afterprint'));
    await until('the text is there', () => !isClean());
  });

  test('while a selection is dragged away', async () => {
    document.body.dispatchEvent(new DragEvent('dragstart', { bubbles: true }));
    expect(isClean()).toBe(true);
    await until('the text is back', () => !isClean());
  });

  test('what its author wrote meanwhile stays', async () => {
    dispatchEvent(new Event('beforeprint'));
    element('#x').setAttribute('alt', 'A candle');
    dispatchEvent(new Event('afterprint'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(element('#x').outerHTML).toBe('<img id="x" alt="A candle">');
  });
});
