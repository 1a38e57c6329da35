import { describe, expect, test } from 'vitest';

import { isSpacer, isStillShown, picturesOf } from '../../../../src/content/find/picture';
import { element, loaded, ownPicture, pngOf, show, squarePng, until } from '../../harness/page';

const absolute = (path: string): string => new URL(path, document.baseURI).href;
const kinds = (selector: string) =>
  picturesOf(element(selector)).map(({ kind, address }) => [kind, address]);

describe('what an element shows', () => {
  test.each([
    ['an image', '<img src="a.png">', [['image', absolute('a.png')]]],
    ['an image without an address', '<img>', [['image', null]]],
    [
      'an image in a picture',
      '<picture><img src="b.png"></picture>',
      [['image', absolute('b.png')]],
    ],
    ['a drawing', '<svg><circle r="4"/></svg>', [['svg', null]]],
    ['a canvas', '<canvas></canvas>', [['canvas', null]]],
    [
      'a video that has not played',
      '<video poster="p.jpg"></video>',
      [['linked', absolute('p.jpg')]],
    ],
    ['a video without a poster', '<video></video>', [['video', null]]],
    ['an image button', '<input type="image" src="go.png">', [['linked', absolute('go.png')]]],
    ['an image button without an address', '<input type="image">', []],
    ['a text field', '<input type="text" src="go.png">', []],
    [
      'an object by its type',
      '<object type="image/webp" data="x"></object>',
      [['linked', absolute('x')]],
    ],
    ['an object by its name', '<object data="o.PNG"></object>', [['linked', absolute('o.PNG')]]],
    ['an object of another kind', '<object data="o.pdf"></object>', []],
    ['an embedded picture', '<embed src="e.svg">', [['linked', absolute('e.svg')]]],
    ['words', '<p>Words</p>', []],
  ])('%s', (_, html, expected) => {
    show(html);
    expect(kinds('picture > img, body > :not(picture)')).toEqual(expected);
  });

  test('an image whose source is chosen by the browser has the chosen address', async () => {
    const [chosen, other] = [squarePng(4, 'red'), squarePng(4, 'blue')];
    show(`<picture><source srcset="${chosen}"><img src="${other}"></picture>`);
    await loaded('img');
    expect(kinds('img')).toEqual([['image', chosen]]);
  });

  test.each([
    ['a symbol that is used', '<svg><use href="#shared" width="90" height="90"/></svg>'],
    ['a pattern', '<svg><rect width="90" height="90" fill="url(#tile)"/></svg>'],
  ])('a drawing that is filled with the image of %s', (_, html) => {
    const shown = html.replace('<svg>', '<svg id="drawing" width="100" height="100">');
    show(`<svg width="0" height="0"><symbol id="shared"><image href="a.png" width="90" height="90"/></symbol>
      <pattern id="tile" width="1" height="1"><image href="a.png"/></pattern></svg>${shown}`);
    expect(kinds('#drawing')).toEqual([['linked', absolute('a.png')]]);
  });

  test('a drawing of which a used image is a small part is a drawing', () => {
    show(`<svg width="0" height="0"><symbol id="shared"><image href="a.png" width="20" height="20"/></symbol></svg>
      <svg id="drawing" width="100" height="100"><use href="#shared"/></svg>`);
    expect(kinds('#drawing')).toEqual([['svg', null]]);
  });

  test('addresses that begin with something else, later', async () => {
    const file = new URL('/tests/fixtures/labelling/', location.href).href;
    const base = document.createElement('base');
    show('<input type="image" src="a.png">');
    const before = kinds('input');
    base.href = file;
    document.head.append(base);
    // Neither is there: the newer one is on its way.
    await until('the new beginning holds', () => document.baseURI === file);
    expect(before).toEqual([['linked', new URL('a.png', location.href).href]]);
    expect(kinds('input')).toEqual([['linked', `${file}a.png`]]);
    base.remove();
  });

  test('a picture inside a drawing is there before the drawing, which is the outermost', () => {
    show('<svg id="outer"><svg><image href="in.png"/></svg></svg>');
    const found = picturesOf(element('image'));
    expect(found.map(({ kind, address }) => [kind, address])).toEqual([
      ['linked', absolute('in.png')],
      ['svg', null],
    ]);
    expect(found[1]?.element).toBe(element('#outer'));
  });

  test('a shape stands for its drawing', () => {
    show('<svg id="s"><g><path d="M0 0h9"/></g></svg>');
    expect(picturesOf(element('path'))[0]?.element).toBe(element('#s'));
  });

  test('an area of a map stands for the image that uses the map', () => {
    show(
      `<img id="world" src="w.png" usemap="#a&quot;b"><map name='a"b'><area coords="0,0,9,9"></map>
       <map><area id="lost"></map>`,
    );
    const [picture] = picturesOf(element('area'));
    expect([picture?.element, picture?.address]).toEqual([element('#world'), absolute('w.png')]);
    expect(picturesOf(element('#lost'))).toEqual([]);
  });

  test('backgrounds, several and between gradients, in their order', () => {
    show(
      `<div style='background: url("one.png"), linear-gradient(red, blue), url(two.png)'></div>`,
    );
    expect(kinds('div')).toEqual([
      ['css', absolute('one.png')],
      ['css', absolute('two.png')],
    ]);
  });

  test('pseudo-elements: their content and background, not those that are not drawn', () => {
    show(
      `<style>
        #a::before { content: url(before.png) }
        #a::after { content: ''; background: url(after.png) }
        #b::before { background: url(never.png) }
        #c { content: url(own.png) }
      </style><p id="a"></p><p id="b"></p><p id="c"></p>`,
    );
    expect(kinds('#a')).toEqual([
      ['css', absolute('before.png')],
      ['css', absolute('after.png')],
    ]);
    expect(kinds('#b')).toEqual([]);
    expect(kinds('#c')).toEqual([['css', absolute('own.png')]]);
  });

  test('an image with a background: its own picture first', () => {
    show('<img src="a.png" style="background: url(b.png)">');
    expect(kinds('img')).toEqual([
      ['image', absolute('a.png')],
      ['css', absolute('b.png')],
    ]);
  });
});

test('a picture is still shown until its address is another', () => {
  show('<img src="a.png">');
  const picture = ownPicture('img');
  expect(isStillShown(picture)).toBe(true);
  element('img').setAttribute('src', 'b.png');
  expect(isStillShown(picture)).toBe(false);
});

test('a spacer is at most 2 px a side and shown much larger', async () => {
  show(
    `<img id="spacer" src="${squarePng(2)}" width="50" height="50">
     <img id="small" src="${squarePng(2)}" width="8" height="50">
     <img id="wide" src="${pngOf(3, 2)}" width="50" height="50">
     <img id="tall" src="${pngOf(2, 3)}" width="50" height="50">
     <img id="broken" src="data:image/png,none" width="50" height="50">`,
  );
  const spacers: Record<string, boolean> = {};
  for (const id of ['spacer', 'small', 'wide', 'tall', 'broken']) {
    await loaded(`#${id}`);
    spacers[id] = isSpacer(ownPicture(`#${id}`));
  }
  expect(spacers).toEqual({ spacer: true, small: false, wide: false, tall: false, broken: false });
});
