/** Which picture of a style is seen: content, candidates, layers, placeholders. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { heldSize } from '../../../../src/content/find/held-picture';
import { picturesOf } from '../../../../src/content/find/picture';
import { candidateFacts, shownPicture } from '../../../../src/content/labelling/tracked-image';
import { element, loaded, pngOf, show, squarePng } from '../../harness/page';

const absolute = (path: string): string => new URL(path, document.baseURI).href;
function isVisible(selector: string): boolean {
  const picture = shownPicture(element(selector));
  return picture !== null && candidateFacts(picture, { width: 200, height: 150 }).isVisible;
}
const shown = (selector: string) => shownPicture(element(selector))?.address ?? null;

/** A picture that the page has: of a blob, which nobody else can have. */
const made: string[] = [];
async function held(width: number, height: number, colour: string | null = '#c33') {
  const response = await fetch(
    pngOf(width, height, (context) => {
      if (colour === null) return;
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
    }),
  );
  const address = URL.createObjectURL(await response.blob());
  made.push(address);
  return address;
}
/** Waits until the page has what its styles show. */
async function hasAll(...addresses: string[]) {
  await vi.waitFor(() => {
    expect(addresses.map((address) => heldSize(address) !== null)).not.toContain(false);
  });
}

let photo: string;
let icon: string;
beforeEach(async () => {
  photo = await held(800, 600);
  icon = await held(40, 40, '#3c3');
});
afterEach(() => {
  made.splice(0).forEach((address) => {
    URL.revokeObjectURL(address);
  });
});

describe('content in the place of an image', () => {
  test.each([
    ['of an image', '<img id="x" src="a.png" style="content:url(b.png)">', 'b.png'],
    ['without an address', '<img id="x" style="content:url(b.png)">', 'b.png'],
    ['with words', '<img id="x" src="a.png" style="content:url(b.png) / \'c\'">', 'b.png'],
    ['a set', '<img id="x" src="a.png" style="content:image-set(url(b.png) 1x)">', 'b.png'],
    [
      'by a media query',
      '<style>@media (min-width: 1px){#x{content:url(b.png)}}</style><img id="x" src="a.png">',
      'b.png',
    ],
    [
      'by another media query',
      '<style>@media (max-width: 1px){#x{content:url(b.png)}}</style><img id="x" src="a.png">',
      'a.png',
    ],
    ['none', '<img id="x" src="a.png" style="content:none">', 'a.png'],
    ['normal', '<img id="x" src="a.png" style="content:normal">', 'a.png'],
    ['words alone', '<img id="x" src="a.png" style="content:\'b\'">', 'a.png'],
    ['a gradient', '<img id="x" src="a.png" style="content:linear-gradient(red,blue)">', null],
    ['several', '<img id="x" src="a.png" style="content:url(b.png) url(c.png)">', null],
    ['of an element', '<p id="x" style="content:url(b.png)"></p>', 'b.png'],
    ['of an element, several', '<p id="x" style="content:url(b.png) url(c.png)"></p>', null],
    [
      'of an image button',
      '<input type="image" id="x" src="a.png" style="content:url(b.png)">',
      'a.png',
    ],
    ['of a canvas', '<canvas id="x" style="content:url(b.png)"></canvas>', null],
  ])('%s', (_, html, expected) => {
    show(html);
    expect(shown('#x')).toBe(expected === null ? null : absolute(expected));
    expect(picturesOf(element('#x'))[0]?.address ?? null).toBe(shown('#x'));
  });

  test('of a video', () => {
    show('<video id="x" poster="a.png" style="content:url(b.png)"></video>');
    expect(shown('#x')).toBe(absolute('b.png'));
  });

  test('an image that was loaded, by its style sheet alone', async () => {
    show(`<style>#x{content:url(${photo})}</style><img id="x" src="${squarePng(50)}">`);
    await loaded('#x');
    expect(shown('#x')).toBe(photo);
    element('body style').textContent = '';
    expect(shown('#x')).toBe(squarePng(50));
  });

  test('over a background', async () => {
    show(`<img id="x" style="content:url(${icon});background:url(${photo})">`);
    await hasAll(icon, photo);
    expect(shown('#x')).toBe(icon);
  });

  test('parts before and after an image are not drawn', () => {
    show('<style>*::before,*::after{content:url(no.png)}</style><img id="x" src="a.png">');
    expect(picturesOf(element('#x')).map(({ address }) => address)).toEqual([absolute('a.png')]);
  });

  test('no background, so no sprite', () => {
    show(
      '<p id="x" style="content:url(b.png);background-position:-30px -30px"></p><p id="y" style="background:url(b.png) -30px -30px"></p>',
    );
    const backgroundOf = (selector: string) => {
      const picture = shownPicture(element(selector));
      if (picture === null) throw new Error('No picture.');
      return candidateFacts(picture, { width: 90, height: 90 }).background;
    };
    expect(backgroundOf('#x')).toBeNull();
    expect(backgroundOf('#y')).toEqual({ size: 'auto', position: '-30px -30px', repeat: 'repeat' });
  });
});

describe('the candidate of a set', () => {
  test.each([1, 2])('for the pixels of the screen: %d', (pixelRatio) => {
    vi.stubGlobal('devicePixelRatio', pixelRatio);
    show(
      `<p id="x" style="background-image:image-set('1.png' 1x,'2.png' 2x)"></p>
       <p id="y" style="background-image:-webkit-image-set(url(1.png) 1x,url(2.png) 2x)"></p>`,
    );
    expect([shown('#x'), shown('#y')]).toEqual(['x', 'y'].map(() => absolute(`${pixelRatio}.png`)));
    vi.unstubAllGlobals();
  });

  test('the one that the page has, where the browser chose otherwise than expected', async () => {
    show(
      `<p id="x" style="height:9px;background-image:image-set(url(none.png) 1x,url(${photo}) 2x)"></p>
       <i style="content:url(${photo})"></i>`,
    );
    await hasAll(photo);
    expect(shown('#x')).toBe(photo);
  });

  test('of a type that is not shown here', async () => {
    show(
      `<p id="x" style="background-image:image-set(url(a.xyz) type('image/xyz'),url(b.png) type('image/png'))"></p>`,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(shown('#x')).toBe(absolute('b.png'));
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(asked).not.toContain(absolute('a.xyz'));
  });
});

describe('of several layers, the picture', () => {
  const layered = (style: string) => {
    show(`<div id="x" style="width:400px;height:300px;${style}"></div>`);
  };

  test('an icon over a photo', async () => {
    layered(`background:url(${icon}) 10px 10px no-repeat, url(${photo}) center/cover`);
    await hasAll(icon, photo);
    expect(shown('#x')).toBe(photo);
  });

  test('a pattern of dots over a photo', async () => {
    layered(`background:url(${icon}) repeat, url(${photo}) center/contain no-repeat`);
    await hasAll(icon, photo);
    expect(shown('#x')).toBe(photo);
  });

  test('a pattern as a short data: address', async () => {
    const dots = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E';
    layered(`background:url('${dots}'), url(${photo})`);
    await hasAll(photo);
    expect(shown('#x')).toBe(photo);
  });

  test('the upper of two that are as large', async () => {
    const other = await held(400, 300);
    layered(`background:url(${other}), url(${photo}) center/cover`);
    await hasAll(other, photo);
    expect(shown('#x')).toBe(other);
  });

  test('an icon in a part over a photo', async () => {
    show(
      `<style>#x{width:400px;height:300px;background:url(${photo}) center/cover}
       #x::before{content:url(${icon})} #x::after{content:'';background:url(${icon})}</style><div id="x"></div>`,
    );
    await hasAll(icon, photo);
    expect(shown('#x')).toBe(photo);
  });

  test('a photo in a part that lies over all, over a pattern', async () => {
    show(
      `<style>#x{position:relative;width:400px;height:300px;background:url(${icon})}
       #x::before{content:'';position:absolute;inset:0;background:url(${photo}) center/cover}</style><div id="x"></div>`,
    );
    await hasAll(icon, photo);
    expect(shown('#x')).toBe(photo);
  });

  test('not the one that did not load, which is not asked for again', async () => {
    const broken = absolute('/no-such-layer.png');
    layered(`background:url(${broken}) center/cover, url(${photo}) center/cover`);
    await hasAll(photo);
    const asked = () => performance.getEntriesByName(broken).length;
    await vi.waitFor(() => {
      expect(asked()).toBe(1);
    });
    expect(shown('#x')).toBe(photo);
    expect(picturesOf(element('#x')).map(({ address }) => address)).toEqual([photo, broken]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked()).toBe(1);
  });

  test('an element without a box', () => {
    layered('width:0;height:0;background:url(a.png), url(b.png)');
    expect(shown('#x')).toBe(absolute('a.png'));
  });
});

describe('a transparent image over a background', () => {
  const empty = (rest: string) =>
    `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg"${rest}/>`)}`;
  test.each([
    ['4 x 3', () => pngOf(4, 3)],
    ['1 x 1', () => pngOf(1, 1)],
    ['400 x 300', () => pngOf(400, 300)],
    ['an empty drawing', () => empty(' width="400" height="300"')],
    ['an empty drawing without a size', () => empty('')],
    ['broken', () => 'data:image/png,none'],
    [
      'a small mark',
      () =>
        pngOf(400, 300, (context) => {
          context.fillRect(10, 10, 20, 20);
        }),
    ],
  ])('%s', async (_, address) => {
    show(
      `<img id="x" width="200" height="150" src="${address()}" style="background:url(${photo})">`,
    );
    await loaded('#x');
    expect(shown('#x')).toBe(photo);
    expect(picturesOf(element('#x'))[0]?.address).toBe(photo);
  });

  test.each([
    ['a photo', () => squarePng(300)],
    ['a large photo', () => squarePng(600)],
    ['a small preview', () => squarePng(16)],
  ])('not %s', async (_, address) => {
    show(
      `<img id="x" width="200" height="150" src="${address()}" style="background:url(${photo})">`,
    );
    await loaded('#x');
    expect(shown('#x')).toBe(address());
  });

  test('alone it is what it is', async () => {
    show(`<img id="x" width="200" height="150" src="${pngOf(400, 300)}">`);
    await loaded('#x');
    expect(shown('#x')).toBe(pngOf(400, 300));
  });
});

describe('a style leaves nothing of a picture', () => {
  const IMAGE = 'width: 200px; height: 150px; box-sizing: border-box';

  test.each([
    ['moved out of its box', 'object-fit: none; object-position: -9999px 0'],
    ['with a frame as large as its box', 'padding-left: 200px'],
    ['with a frame as high as its box', 'padding: 150px 0 0'],
  ])('of an image, %s: a background is what is seen', async (_, style) => {
    show(
      `<img id="x" src="${photo}" style="${IMAGE}; ${style}; background: url(${icon}) 0 / cover">`,
    );
    await loaded('#x');
    expect(shown('#x')).toBe(icon);
    expect(isVisible('#x')).toBe(true);
    element('#x').style.background = '';
    expect(isVisible('#x')).toBe(false);
  });

  test.each(['opacity(0)', 'blur(2px) brightness(0)'])('by %s', async (filter) => {
    for (const html of [
      `<img id="x" src="${photo}" style="${IMAGE}; filter: ${filter}">`,
      `<div id="x" style="${IMAGE}; background: url(${photo}); filter: ${filter}"></div>`,
    ]) {
      show(html);
      if (html.startsWith('<img')) await loaded('#x');
      expect(isVisible('#x')).toBe(false);
      element('#x').style.filter = 'opacity(0.5) brightness(0.9)';
      expect(isVisible('#x')).toBe(true);
    }
  });

  test('cut out by letters', () => {
    show(
      `<h1 id="x" style="background: url(${photo}), url(${icon}); background-clip: text, border-box">A</h1>`,
    );
    expect(picturesOf(element('#x')).map(({ address }) => address)).toEqual([icon]);
  });
});

test('asking what the page has makes no request', async () => {
  const address = absolute('/never-asked.png');
  expect(heldSize(address)).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(performance.getEntriesByName(address)).toEqual([]);
  expect(heldSize('data:image/png;base64,AAAA')).toBeNull();
});
