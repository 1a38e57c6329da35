import { afterEach, describe, expect, test } from 'vitest';

import {
  findPicture,
  focusedPicture,
  picturesUnder,
  pointedAt,
} from '../../../../src/content/find/find-picture';
import { elementsAt, hoveredElements } from '../../../../src/content/find/shadow-roots';
import { createLayer, tellSubject, type Layer, type Subject } from '../../../../src/content/layer';
import { noteMenuTarget } from '../../harness/fake-extension';
import { closedRoot, element, loaded, pngOf, show, squarePng, until } from '../../harness/page';
import { movePointer } from '../../harness/pointer';

const BOX = 'position: absolute; left: 0; top: 0; width: 100px; height: 100px';
const absolute = (path: string): string => new URL(path, document.baseURI).href;
const pointAt = (x: number, y: number) => ({ x, y, elements: elementsAt(x, y) });
const under = (x: number, y: number) =>
  picturesUnder(pointAt(x, y)).map((picture) => picture.element.id || picture.kind);

describe('under a point', () => {
  test('topmost first, each once, and nothing from beside it', () => {
    show(
      `<img id="below" src="a.png" style="${BOX}"><img id="above" src="b.png" style="${BOX}">
       <img id="beside" src="c.png" style="position: absolute; left: 200px; width: 100px; height: 100px">`,
    );
    expect(under(50, 50)).toEqual(['above', 'below']);
    expect(under(250, 50)).toEqual(['beside']);
    expect(under(150, 50)).toEqual([]);
  });

  test('a background lies below the picture inside its element', () => {
    show(
      `<div id="panel" style="${BOX}; background: url(bg.png)">
         <img id="inner" src="a.png" style="${BOX}; pointer-events: none"></div>`,
    );
    expect(under(50, 50)).toEqual(['inner', 'panel']);
  });

  test('a picture without pointer events below a transparent overlay is found', () => {
    show(
      `<div style="${BOX}"><img id="photo" src="a.png" style="${BOX}; pointer-events: none">
       <a href="#x" style="${BOX}"></a></div>`,
    );
    expect(under(50, 50)).toEqual(['photo']);
  });

  test('of pictures that hits pass through, what is painted later lies on top, and hidden ones do not count', () => {
    const inert = `${BOX}; pointer-events: none`;
    show(
      `<div style="${BOX}"><img id="first" src="a.png" style="${inert}">
       <img id="second" src="b.png" style="${inert}">
       <img id="hidden" src="c.png" style="${inert}; display: none"></div>`,
    );
    expect(under(50, 50)).toEqual(['second', 'first']);
  });

  test.each([
    ['by number', 'z-index: 2', 'z-index: 1', ['first', 'second']],
    ['faded out', '', 'opacity: 0', ['first', 'second']],
    ['hidden', '', 'visibility: hidden', ['first', 'second']],
    ['in the order of the page', '', '', ['second', 'first']],
  ])('of pictures that hits pass through, %s', (_, first, second, expected) => {
    const inert = `${BOX}; pointer-events: none`;
    show(
      `<div style="${BOX}"><b><img id="first" src="a.png" style="${inert}; ${first}"></b>
       <b><img id="second" src="b.png" style="${inert}; ${second}"></b></div>`,
    );
    expect(under(50, 50)).toEqual(expected);
  });

  test.each([
    ['a picture', squarePng(20), '', ['over', 'hit']],
    ['one below', squarePng(20), 'z-index: -1', ['hit', 'over']],
    ['a veil', squarePng(20), 'opacity: 0.4', ['hit', 'over']],
    ['a watermark', pngOf(20, 20), '', ['hit', 'over']],
  ])('hits pass through %s to a picture in another part', async (_, src, style, expected) => {
    show(
      `<div style="${BOX}; z-index: 0"><b><img id="hit" src="${squarePng(30)}" style="${BOX}"></b>
       <b><img id="over" src="${src}" style="${BOX}; pointer-events: none; ${style}"></b></div>`,
    );
    await Promise.all(['#hit', '#over'].map(loaded));
    expect(under(50, 50)).toEqual(expected);
    const { src: srcUrl } = await loaded('#hit');
    const asked = findPicture({ target: 'image', srcUrl }, pointAt(50, 50));
    expect(asked.element?.id).toBe(expected[0]);
  });

  test('what is not seen comes last, as it was when the pointer was there', () => {
    show(
      `<img id="below" src="a.png" style="${BOX}"><p style="opacity: 0"><img id="faded" src="b.png" style="${BOX}"></p>`,
    );
    expect(under(50, 50)).toEqual(['below', 'faded']);
    const seenThen = { ...pointAt(50, 50), unseen: new Set<Element>() };
    expect(picturesUnder(seenThen).map(({ element: { id } }) => id)).toEqual(['faded', 'below']);
    element('#below').remove();
    expect(under(50, 50)).toEqual(['faded']);
  });

  test('an ancestor with very many pictures is a whole page, not the surroundings of one', () => {
    const inert = `${BOX}; pointer-events: none`;
    show(`<div style="${BOX}">${`<img src="a.png" style="${inert}">`.repeat(61)}</div>`);
    expect(under(50, 50)).toEqual([]);
  });

  test('a spacer comes after what it covers', async () => {
    show(
      `<img id="photo" src="${squarePng(20)}" style="${BOX}">
       <img id="spacer" src="${squarePng(1)}" style="${BOX}">`,
    );
    await Promise.all(['#photo', '#spacer'].map(loaded));
    expect(under(50, 50)).toEqual(['photo', 'spacer']);
  });

  test.each([
    [
      'a sign to play it, as a background',
      `<a id="sign" style="${BOX}; width: 300px; background: url(${squarePng(64)}) center no-repeat"></a>`,
    ],
    [
      'a sign to play it, as a drawing',
      `<svg id="sign" viewBox="0 0 9 9" style="${BOX}; left: 125px; top: 75px; width: 50px; height: 50px"><circle cx="5" cy="5" r="9"/></svg>`,
    ],
    [
      'a drawing of which nothing is there',
      `<svg id="sign" style="${BOX}; width: 300px"><path d="M0 9h300" stroke="red"/></svg>`,
    ],
  ])('upon a photo: %s', async (_, sign) => {
    const over = sign.replace('height: 100px', 'height: 200px');
    show(
      `<img id="photo" src="${squarePng(300)}" style="${BOX}; width: 300px; height: 200px">${over}`,
    );
    await loaded('#photo');
    expect(under(150, 100)).toEqual(['photo', 'sign']);
  });

  test('a drawing of which a shape is there lies over the photo, and so does a small photo', async () => {
    show(
      `<img id="photo" src="${squarePng(300)}" style="${BOX}; width: 300px; height: 200px">
       <svg id="drawing" style="${BOX}; width: 300px; height: 200px"><rect width="300" height="200"/></svg>`,
    );
    await loaded('#photo');
    expect(under(150, 100)).toEqual(['drawing', 'photo']);
    element('#drawing').outerHTML =
      `<img id="small" src="${squarePng(40)}" style="${BOX}; width: 60px; height: 60px">`;
    await loaded('#small');
    expect(under(50, 50)).toEqual(['small', 'photo']);
  });

  test.each([
    ['an overlay with handles', 'canvas', 9, 50, ['photo', 'over']],
    ['one of its handles', 'canvas', 9, 4, ['over', 'photo']],
    ['a canvas that is drawn full', 'canvas', 100, 50, ['over', 'photo']],
    ['a canvas with nothing on it', 'canvas', 0, 50, ['photo', 'over']],
    ['a transparent file', 'img', 0, 50, ['photo', 'over']],
  ])('upon a photo: %s', async (_, kind, drawn, at, expected) => {
    const draw = (context: CanvasRenderingContext2D) => {
      context.fillRect(0, 0, drawn, drawn);
    };
    const over =
      kind === 'canvas'
        ? `<canvas id="over" width="100" height="100" style="${BOX}"></canvas>`
        : `<img id="over" src="${pngOf(100, 100, draw)}" style="${BOX}">`;
    show(`<img id="photo" src="${squarePng(300)}" style="${BOX}">${over}`);
    await loaded('#photo');
    const overlay = element('#over');
    if (overlay instanceof HTMLImageElement) await loaded('#over');
    const context = overlay instanceof HTMLCanvasElement ? overlay.getContext('2d') : null;
    if (context !== null) draw(context);
    expect(under(at, at)).toEqual(expected);
  });

  test('a mark with transparent parts upon a much larger photo is what is meant', async () => {
    show(
      `<img id="photo" src="${squarePng(300)}" style="${BOX}; width: 400px"><img id="mark" src="${pngOf(
        100,
        100,
        (context) => {
          context.fillRect(0, 0, 9, 9);
        },
      )}" style="${BOX}">`,
    );
    await Promise.all(['#photo', '#mark'].map(loaded));
    expect(under(50, 50)).toEqual(['mark', 'photo']);
  });

  test('inside open and closed shadow roots', () => {
    show(
      `<div id="open" style="${BOX}"><template shadowrootmode="open">
         <img id="in-open" src="a.png" width="100" height="100"></template></div>
       <div id="closed" style="position: absolute; left: 200px; top: 0"></div>`,
    );
    closedRoot(element('#closed'), '<img id="in-closed" src="b.png" width="100" height="100">');
    expect(under(50, 50)).toEqual(['in-open']);
    expect(under(250, 50)).toEqual(['in-closed']);
  });
});

describe('on the canvas', () => {
  const { documentElement: root, body } = document;
  const SHORT = 'margin: 0; min-height: 0';
  afterEach(() => {
    root.removeAttribute('style');
    body.removeAttribute('style');
  });

  test('below a short body, its background', () => {
    body.setAttribute('style', `${SHORT}; background: url(a.png) center / cover fixed`);
    show('<p>Words</p>');
    expect(under(300, 400)).toEqual(['css']);
    expect(findPicture({ target: 'here', srcUrl: null }, pointAt(300, 400)).element).toBe(body);
    // In the body it is one and the same.
    expect(under(300, 30)).toEqual(['css']);
  });

  test('below a short body, the background of the root', () => {
    root.setAttribute('style', 'background: url(b.png)');
    body.setAttribute('style', `${SHORT}; background: url(a.png)`);
    show('<p>Words</p>');
    expect(findPicture({ target: 'here', srcUrl: null }, pointAt(300, 400)).element).toBe(root);
  });

  test('nothing below a short body whose background is its own', () => {
    root.setAttribute('style', 'background: #fff');
    body.setAttribute('style', `${SHORT}; background: url(a.png)`);
    show('<p>Words</p>');
    expect(under(300, 400)).toEqual([]);
  });

  test('nothing of what stands before the content of the body', () => {
    body.setAttribute('style', SHORT);
    show('<style>body::before { content: url(a.png) }</style><p>Words</p>');
    expect(under(300, 400)).toEqual([]);
  });
});

describe('the picture that was asked about', () => {
  const named = (srcUrl: string, at: ReturnType<typeof pointAt> | null) =>
    findPicture({ target: 'image', srcUrl }, at);

  test('of several with one address, the one pointed at', () => {
    const [left, right] = [0, 200].map(
      (x) => `<img src="a.png" id="at-${x}" style="${BOX}; left: ${x}px">`,
    );
    show(`${left ?? ''}${right ?? ''}`);
    expect(named(absolute('a.png'), pointAt(250, 50)).element?.id).toBe('at-200');
    expect(named(absolute('a.png'), pointAt(50, 50)).element?.id).toBe('at-0');
  });

  test('where none lies there, the nearest of its address', () => {
    show(
      `<img src="a.png" id="far" style="${BOX}; top: 500px"><img src="a.png" id="near" style="${BOX}">
       <img src="b.png" id="other" style="${BOX}; left: 150px">`,
    );
    expect(named(absolute('a.png'), pointAt(160, 50)).element?.id).toBe('near');
  });

  test('a spacer is what the browser names, but not what a person sees', async () => {
    const spacer = squarePng(1);
    show(
      `<img id="photo" src="${squarePng(20)}" style="${BOX}"><img id="spacer" src="${spacer}" style="${BOX}">`,
    );
    await Promise.all(['#photo', '#spacer'].map(loaded));
    expect(named(spacer, pointAt(50, 50)).element?.id).toBe('photo');
  });

  test('an image of which nothing is seen is what the browser names, too', () => {
    const slides = ['a', 'b', 'c'].map(
      (name) => `<img id="${name}" src="${name}.png" style="${BOX}; opacity: 0">`,
    );
    show(slides.join(''));
    const ask = () => named(absolute('c.png'), pointAt(50, 50)).element?.id;
    // Of nothing else is anything seen: as the browser names it.
    expect(ask()).toBe('c');
    element('#a').style.opacity = '1';
    expect(ask()).toBe('a');
    element('#c').style.opacity = '1';
    expect(ask()).toBe('c');
  });

  test.each([
    ['content of its style', 'content: url(seen.png)', () => squarePng(30)],
    ['a background under a transparent picture', 'background: url(seen.png)', () => pngOf(40, 30)],
  ])('an image is named by its own address, but what is seen is %s', async (_, style, own) => {
    show(`<img id="a" src="${own()}" style="${BOX}; ${style}">`);
    await loaded('#a');
    const request = { target: 'image' as const, srcUrl: own() };
    for (const at of [pointAt(50, 50), null]) {
      expect(findPicture(request, at)).toMatchObject({
        kind: 'css',
        element: element('#a'),
        address: absolute('seen.png'),
      });
    }
  });

  test('an address that no element shows is asked about by itself', () => {
    show('<p>Words</p>');
    expect(named('https://example.test/a.png', null)).toEqual({
      ...{ kind: 'address', element: null, address: 'https://example.test/a.png' },
    });
    expect(findPicture({ target: 'address', srcUrl: 'https://example.test/b.png' }, null)).toEqual({
      ...{ kind: 'address', element: null, address: 'https://example.test/b.png' },
    });
  });

  test('an image that shows another address by now is said to have changed', async () => {
    const [first, second] = [squarePng(20, 'red'), squarePng(20, 'blue')];
    show(`<img src="${first}" style="${BOX}">`);
    await loaded('img');
    const at = pointAt(50, 50);
    element('img').setAttribute('src', second);
    await loaded('img');
    expect(() => named(first, at)).toThrow(expect.objectContaining({ code: 'image-changed' }));
  });

  test('an image that left the page is said to be gone', () => {
    show(`<img src="a.png" style="${BOX}">`);
    const at = pointAt(50, 50);
    element('img').remove();
    expect(() => named(absolute('a.png'), at)).toThrow(
      expect.objectContaining({ code: 'image-gone' }),
    );
  });

  test('without an address, the topmost under the remembered point', () => {
    show(`<canvas style="${BOX}"></canvas>`);
    const found = findPicture({ target: 'here', srcUrl: null }, pointAt(50, 50));
    expect(found).toEqual({ kind: 'canvas', element: element('canvas'), address: null });
  });

  test('nothing there is said', () => {
    show('<p>Words</p>');
    expect(() => findPicture({ target: 'here', srcUrl: null }, pointAt(400, 400))).toThrow(
      expect.objectContaining({ code: 'no-image-here' }),
    );
  });

  test('what the pointer hovers over, where no click was heard', async () => {
    show(`<img id="photo" src="a.png" style="${BOX}; left: 300px; top: 300px">`);
    await movePointer(350, 350);
    expect(findPicture({ target: 'here', srcUrl: null }, null).element?.id).toBe('photo');
    await movePointer(10, 10);
    expect(() => findPicture({ target: 'here', srcUrl: null }, null)).toThrow(
      expect.objectContaining({ code: 'no-image-here' }),
    );
  });

  test('the shortcut asks about the focus before the pointer', async () => {
    show(
      `<img id="hovered" src="a.png" style="${BOX}"><a href="#x" style="position: absolute; top: 300px">
       <img id="focused" src="b.png" width="50" height="50"></a>`,
    );
    await movePointer(50, 50);
    element('a').focus();
    const shortcut = () => findPicture({ target: 'focused', srcUrl: null }, null).element?.id;
    expect(shortcut()).toBe('focused');
    element('a').blur();
    expect(shortcut()).toBe('hovered');
  });
});

describe('the focused picture', () => {
  test('itself, not its background', () => {
    show('<input type="image" id="go" src="go.png" style="background: url(bg.png)">');
    element('#go').focus();
    expect(focusedPicture()).toMatchObject({ kind: 'linked', address: absolute('go.png') });
  });

  test('what a style shows in its place', () => {
    show('<img id="a" tabindex="0" src="a.png" style="content: url(b.png)">');
    element('#a').focus();
    expect(focusedPicture()?.address).toBe(absolute('b.png'));
  });

  test('the only one that is seen inside the focused element', () => {
    show(
      `<button><img id="seen" src="a.png" width="9" height="9"><img src="b.png" style="display: none"></button>`,
    );
    element('button').focus();
    expect(focusedPicture()?.element.id).toBe('seen');
    element('button').append(new Image(9, 9));
    expect(focusedPicture()).toBeNull();
  });

  test('inside a closed shadow root', () => {
    show('<div></div>');
    const root = closedRoot(
      element('div'),
      '<button><img id="in" src="a.png" width="9" height="9"></button>',
    );
    element('button', root).focus();
    expect(focusedPicture()?.element.id).toBe('in');
  });

  test('none where nothing but the page has the focus', () => {
    show('<img src="a.png">');
    expect(focusedPicture()).toBeNull();
  });
});

describe('where the browser tells the element of its menu', () => {
  const here = (menuTarget: number | null, heard: Parameters<typeof pointedAt>[1]) =>
    findPicture({ target: 'here', srcUrl: null }, pointedAt(menuTarget, heard)).element?.id;

  test('inside a closed root, with nothing heard, and wherever the page put it since', () => {
    show(`<div id="host"></div><canvas id="other" style="${BOX}"></canvas>`);
    const root = closedRoot(element('#host'), `<canvas id="clicked" style="${BOX}"></canvas>`);
    const clicked = root.querySelector('canvas');
    if (clicked === null) throw new Error('The root is empty.');
    const target = noteMenuTarget(clicked);
    expect(here(target, null)).toBe('clicked');
    clicked.style.top = '300px';
    expect(here(target, null)).toBe('clicked');
    expect(here(target, pointAt(50, 50))).toBe('clicked');
  });

  test('an earlier place that was heard of is not this one', () => {
    show(
      `<canvas id="earlier" style="${BOX}"></canvas><canvas id="clicked" style="${BOX}; left: 200px"></canvas>`,
    );
    const earlier = pointAt(50, 50);
    expect(here(noteMenuTarget(element('#clicked')), earlier)).toBe('clicked');
    expect(() => here(noteMenuTarget(document.body), earlier)).toThrow(
      expect.objectContaining({ code: 'no-image-here' }),
    );
  });

  test('the place that was heard of tells what an overlay lies over', () => {
    show(
      `<canvas id="left" style="${BOX}"></canvas><canvas id="right" style="${BOX}; left: 100px"></canvas>
       <div id="over" style="${BOX}; width: 200px"></div>`,
    );
    const target = noteMenuTarget(element('#over'));
    expect(here(target, pointAt(30, 50))).toBe('left');
    expect(here(target, pointAt(170, 50))).toBe('right');
  });

  test('an area, and a thing that is told no more, are where they were heard of', () => {
    show(
      `<img id="photo" src="a.png" usemap="#m" style="${BOX}"><map name="m"><area href="#x" coords="0,0,100,100"></map>`,
    );
    const heard = pointAt(50, 50);
    expect(here(noteMenuTarget(element('area')), heard)).toBe('photo');
    expect(here(10_000, heard)).toBe('photo');
    expect(here(null, heard)).toBe('photo');
  });
});

describe('on a surface of ours', () => {
  const layers: Layer[] = [];
  afterEach(() => {
    for (const { remove } of layers.splice(0)) remove();
  });

  function surfaceOver(subjectOf: (part: Element) => Subject | null): void {
    const layer = createLayer('card', '');
    layers.push(layer);
    layer.attach();
    layer.stage.innerHTML = `<div style="position: fixed; left: 0; top: 0; width: 100px; height: 100px; background: white"><b id="part" style="position: absolute; left: 50px; top: 0; width: 50px; height: 50px"></b></div>`;
    tellSubject(layer.host, subjectOf);
  }
  const asked = (at: Parameters<typeof findPicture>[1], target: 'here' | 'focused' = 'here') =>
    findPicture({ target, srcUrl: null }, at).element?.id;

  test('its own picture is meant, not one that it lies over; a part that speaks of none lets it be', () => {
    show(
      `<canvas id="below" style="${BOX}"></canvas><canvas id="own" style="${BOX}; left: 200px"></canvas>`,
    );
    const own = findPicture({ target: 'here', srcUrl: null }, pointAt(250, 50));
    surfaceOver(({ id }) => (id === 'part' ? null : { picture: own }));
    expect(asked(pointAt(20, 20))).toBe('own');
    expect(asked(pointAt(20, 80))).toBe('own');
    expect(asked(pointAt(75, 25))).toBe('below');
    expect(asked(pointAt(250, 50))).toBe('own');
  });

  test('the shortcut, too, with the pointer on it', async () => {
    show(
      `<canvas id="below" style="${BOX}"></canvas><canvas id="own" style="${BOX}; left: 200px"></canvas>`,
    );
    const own = findPicture({ target: 'here', srcUrl: null }, pointAt(250, 50));
    surfaceOver(() => ({ picture: own }));
    await movePointer(20, 80);
    await until('it is hovered over', () => hoveredElements().length > 0);
    expect(asked(null, 'focused')).toBe('own');
  });

  test('a card that found nothing finds nothing else', () => {
    show(`<canvas id="below" style="${BOX}"></canvas>`);
    surfaceOver(() => ({ picture: null }));
    expect(() => asked(pointAt(20, 20))).toThrow(
      expect.objectContaining({ code: 'no-image-here' }),
    );
  });
});
