import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { discover } from '../../../../src/content/labelling/discovery';
import { createIdleSlices } from '../../../../src/content/labelling/idle-slices';
import { closedRoot, element, show, squarePng, until } from '../../harness/page';

let controller: AbortController;
let told: Record<string, string[]>;
beforeEach(() => {
  controller = new AbortController();
  told = {};
});
afterEach(() => {
  controller.abort();
});

const name = (found: Element) => found.id || found.localName;

/** Starts on a page, and waits until this much of it was found. */
async function start(html: string, ...expected: string[]): Promise<void> {
  show(html);
  const note = (event: string) => (found?: unknown) => {
    (told[event] ??= []).push(found instanceof Element ? name(found) : String(found));
  };
  discover(
    createIdleSlices(controller.signal),
    {
      onFound: note('found'),
      onSourceChanged: note('source'),
      onLoaded: note('loaded'),
      onRedrawn: note('redrawn'),
      onRemoved: note('removed'),
      onMoved: note('moved'),
      onMoving: note('moving'),
      onTopLayer: note('top'),
      onTranslated: note('translated'),
    },
    controller.signal,
  );
  await saw('found', ...expected);
}

const has = (event: string, id: string): boolean => told[event]?.includes(id) ?? false;

async function saw(event: string, ...ids: string[]): Promise<void> {
  await until(`${event} ${ids.join(' ')}, not ${JSON.stringify(told)}`, () =>
    ids.every((id) => has(event, id)),
  );
}

async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 80));
}

describe('what is there', () => {
  test('pictures of every kind, and nothing else', async () => {
    await start(
      `<img id="img"><p id="words">Words</p><canvas id="canvas"></canvas><video id="video"></video>
       <svg id="svg"><path id="path"/></svg><div id="css" style="background: url(a.png)"></div>
       <input id="button" type="image" src="b.png"><template><img id="inert"></template>
       <noscript><img id="off"></noscript><alt-lens-labels><img id="of-the-page"></alt-lens-labels>
       <i id="last" style="background: url(z.png)"></i>`,
      'last',
    );
    // An element that a page names like one of ours is the page's.
    expect(told.found?.sort()).toEqual([
      'button',
      'canvas',
      'css',
      'img',
      'last',
      'of-the-page',
      'svg',
      'video',
    ]);
  });

  test('a drawing that frames other pictures is none itself', async () => {
    await start(
      '<svg id="frame"><image id="in" href="a.png"/></svg><svg id="outer"><svg id="inner"/></svg>',
      ...['in', 'outer'],
    );
    expect(told.found?.sort()).toEqual(['in', 'outer']);
  });

  test('HTML in a drawing, there from the start or later', async () => {
    await start(
      '<svg id="words"><foreignObject><p>Words</p></foreignObject></svg><svg id="framing"><foreignObject><p><img id="a"></p></foreignObject></svg>',
      ...['words', 'a'],
    );
    expect(told.found).not.toContain('framing');
    element('p').innerHTML = '<img id="late">';
    await saw('found', 'late');
  });

  test('in open and closed shadow roots, however deep', async () => {
    show('<div id="host"></div>');
    const host = document.createElement('div');
    const root = closedRoot(host, '<img id="a"><x-box id="box"></x-box>');
    closedRoot(element('#box', root), '<img id="b">');
    await start(
      '<div><template shadowrootmode="open"><img id="open"></template></div><main></main>',
      'open',
    );
    element('main').append(host);
    await saw('found', 'a', 'b');
  });
});

describe('what changes', () => {
  test('added elements, also deep in others; removed ones', async () => {
    await start('<main></main><img id="first">', 'first');
    element('main').innerHTML = '<div><p><img id="late"></p></div>';
    await saw('found', 'late');
    expect(told.removed).toBeUndefined();
    element('#late').remove();
    await until('the removal', () => told.removed !== undefined);
  });

  test('a list that keeps a window of rows and reuses them', async () => {
    const row = (index: number) => `<li><img id="row-${index}" src="${index}.png"></li>`;
    await start(`<ul>${[0, 1, 2].map(row).join('')}</ul>`, 'row-0', 'row-1', 'row-2');
    for (let index = 3; index < 40; index += 1) {
      element('li').remove();
      element('ul').insertAdjacentHTML('beforeend', row(index));
    }
    const lastRow = element('#row-39');
    await saw('found', 'row-37', 'row-38', 'row-39');
    lastRow.setAttribute('src', 'other.png');
    await saw('source', 'row-39');
  });

  test('in a shadow root that was there, and one that comes with a custom element later', async () => {
    await start(
      '<div id="host"><template shadowrootmode="open"><img id="a"></template></div><x-late id="late"></x-late>',
      'a',
    );
    element('#host').shadowRoot?.append(Object.assign(document.createElement('img'), { id: 'b' }));
    await saw('found', 'b');
    closedRoot(element('#late'), '<img id="c" width="20" height="20">');
    document.body.append('Anything');
    await saw('found', 'c');
  });

  test('a source: of the image itself, and of the picture around', async () => {
    await start('<picture><source><img id="a"></picture><img id="b"><video id="v"></video>', 'v');
    element('#b').setAttribute('src', 'b.png');
    element('source').setAttribute('srcset', 'a.png');
    element('#v').setAttribute('poster', 'p.png');
    await saw('source', 'a', 'b', 'v');
  });

  test('a value that is written again is no change', async () => {
    await start('<img id="a" src="a.png"><img id="b" src="b.png">', 'b');
    element('#a').setAttribute('src', 'a.png');
    element('#b').setAttribute('src', 'c.png');
    await saw('source', 'b');
    expect(told.source).toEqual(['b']);
  });

  test('an author’s word: the element is looked at again', async () => {
    await start('<img id="a">', 'a');
    told = {};
    element('#a').setAttribute('alt', 'A cat');
    await saw('found', 'a');
    expect(told.moved).toEqual(['false']);
  });

  test('a style that uncovers or brings a background', async () => {
    await start('<div id="a"><p id="b"></p></div><img id="c">', 'c');
    element('#a').className = 'x';
    element('#b').setAttribute('style', 'background-image: url(b.png)');
    await saw('found', 'b');
    await saw('moved', 'true');
  });

  test('a style that only moves is not walked through', async () => {
    await start('<div id="a"><img id="b"></div>', 'b');
    told = {};
    element('#a').setAttribute('style', 'left: 5px');
    await saw('moved', 'true');
    await quiet();
    expect(told.found).toBeUndefined();
  });

  test('a style of its own that hid or brought something, and goes', async () => {
    await start(
      `<div id="a" style="left: 1px; display: none"><img id="b"></div>
       <div id="c" style="background: url(c.png)"></div><div style="--x: none"><img id="d"></div><img id="e">`,
      'e',
    );
    told = {};
    element('#a').style.display = '';
    await saw('found', 'b');
    element('#c').removeAttribute('style');
    await saw('found', 'c');
    element('#d').parentElement?.style.setProperty('--x', 'url(d.png)');
    await saw('found', 'd');
    expect(told.found).not.toContain('e');
  });

  test('of all named so or so: a form’s fields do not hide its style', async () => {
    await start('<form id="a"><input name="style"><img id="b"></form><img id="c">', 'c');
    told = {};
    element('#a').setAttribute('style', 'visibility: hidden');
    await saw('found', 'b');
  });

  test('what no attribute tells: the size of the page, a box that is checked', async () => {
    await start('<img id="a">', 'a');
    for (const happens of [
      () => window.dispatchEvent(new Event('resize')),
      () => window.dispatchEvent(new Event('hashchange')),
      () => element('#a').dispatchEvent(new Event('change', { bubbles: true })),
    ]) {
      told = {};
      happens();
      await saw('found', 'a');
      await saw('moved', 'true');
    }
  });

  test.each([
    [
      'data-theme',
      (one: Element) => {
        one.setAttribute('data-theme', 'dark');
      },
    ],
    [
      'aria-selected',
      (one: Element) => {
        one.setAttribute('aria-selected', 'true');
      },
    ],
  ])('an attribute by which styles may choose: %s', async (_, change) => {
    await start('<div id="a"><p style="background: url(b.png)" id="b"></p></div><img id="c">', 'c');
    told = {};
    change(element('#a'));
    await saw('found', 'b');
    await saw('moved', 'true');
    expect(told.found).not.toContain('c');
  });

  test('attributes of shapes, which move them, and ours, are no change', async () => {
    await start('<svg id="a"><path/></svg><img id="b">', 'b');
    told = {};
    element('path').setAttribute('d', 'M0 0');
    element('#b').setAttribute('data-alt-lens', 'n02123045 0.93');
    await quiet();
    expect(told).toEqual({});
  });

  test('a style sheet that is for another medium now', async () => {
    await start(
      '<style id="sheet" media="not all">.later { background: url(a.png) }</style><div id="a" class="later"></div><img id="b">',
      'b',
    );
    element('#sheet').setAttribute('media', 'all');
    await saw('found', 'a');
  });

  test('a class that takes a background away', async () => {
    await start('<style>.x{background:url(a.png)}</style><p id="a" class="x"></p>', 'a');
    told = {};
    element('#a').className = '';
    await saw('found', 'a');
  });

  test('a style sheet that is loaded later', async () => {
    await start('<div id="a" class="later"></div><img id="b">', 'b');
    document.body.insertAdjacentHTML(
      'beforeend',
      '<style>.later { background: url(a.png) }</style>',
    );
    await saw('found', 'a');
  });

  test('the drawing inside an inline SVG', async () => {
    await start('<svg id="svg"><g><path/></g></svg>', 'svg');
    element('path').remove();
    await saw('redrawn', 'svg');
  });

  test('a load, and a load that failed', async () => {
    await start('<img id="a"><img id="b">', 'b');
    element('#a').setAttribute('src', squarePng(3));
    element('#b').setAttribute('src', 'data:image/png,none');
    await saw('loaded', 'a', 'b');
  });

  test('scrolling, an animation, a popover', async () => {
    await start(
      `<style>@keyframes turn { to { rotate: 1turn } }</style>
       <div id="box" style="overflow: auto; height: 20px"><p style="height: 90px"></p></div>
       <div id="pop" popover></div><img id="a">`,
      'a',
    );
    element('#box').scrollTop = 9;
    await until('the scrolling', () => has('moved', 'false'));
    element('#box').style.animation = 'turn 1s';
    await until('the animation', () => told.moving !== undefined);
    element('#pop').showPopover();
    await until('the popover', () => told.top !== undefined);
  });

  test('nothing is told after the end', async () => {
    await start('<img id="a">', 'a');
    controller.abort();
    told = {};
    document.body.insertAdjacentHTML('beforeend', '<img id="late">');
    element('#a').setAttribute('src', 'a.png');
    await quiet();
    expect(told).toEqual({});
  });
});
