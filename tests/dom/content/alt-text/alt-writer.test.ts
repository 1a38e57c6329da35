import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { altNeedOf } from '../../../../src/content/alt-text/alt-need-of';
import {
  createAltWriter,
  type AltText,
  type AltWriter,
} from '../../../../src/content/alt-text/alt-writer';
import { setExtensionAlive } from '../../harness/fake-extension';
import { closedRoot, element, show, until } from '../../harness/page';

const CAT: AltText = {
  ...{ text: 'Possibly a cat', mark: 'n02123045 0.93', language: 'en', mode: 'missing' },
};

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

function attributes(of: string | Element): Record<string, string> {
  const found = typeof of === 'string' ? element(of) : of;
  return Object.fromEntries([...found.attributes].map(({ name, value }) => [name, value]));
}
const MARK = { 'data-alt-lens': 'n02123045 0.93' };

describe('a text goes onto an image that needs one, and off again without a trace', () => {
  test.each([
    ['no text', '<img id="x">', { alt: 'Possibly a cat' }],
    ['a blank text', '<img id="x" alt=" ">', { alt: 'Possibly a cat' }],
    [
      'a drawing',
      '<svg id="x" role="img" aria-label=""></svg>',
      { 'aria-label': 'Possibly a cat' },
    ],
    ['an image button', '<input id="x" type="image">', { alt: 'Possibly a cat' }],
    [
      'something with an image role',
      '<div id="x" role="img"></div>',
      { 'aria-label': 'Possibly a cat' },
    ],
    [
      'another language around',
      '<p lang="de"><img id="x"></p>',
      { alt: 'Possibly a cat', lang: 'en' },
    ],
    [
      'another language of its own',
      '<img id="x" lang="de-CH">',
      { alt: 'Possibly a cat', lang: 'en' },
    ],
    ['the same language around', '<p lang="en-GB"><img id="x"></p>', { alt: 'Possibly a cat' }],
  ])('%s', (_, html, ours) => {
    show(html);
    const before = attributes('#x');
    expect(writer.apply(element('#x'), CAT)).toBe(true);
    expect(attributes('#x')).toEqual({ ...before, ...MARK, ...ours });
    expect(writer.textOf(element('#x'))).toBe('Possibly a cat');
    writer.revert(element('#x'));
    expect(document.body.innerHTML).toBe(html);
    expect(writer.textOf(element('#x'))).toBeNull();
  });
});

describe('the word of the author stays', () => {
  test.each([
    ['<img id="x" alt="">', 'any-weak'],
    ['<img id="x" alt="Evening light">', 'any-weak'],
    ['<img id="x" alt="IMG_1234.jpg">', 'missing'],
    ['<img id="x" alt="Photo of our last evening">', 'missing-and-weak'],
    ['<img id="x" alt=" " aria-label="A cat">', 'any-weak'],
    ['<img id="x" aria-hidden="true">', 'any-weak'],
    ['<img id="x" role="presentation">', 'any-weak'],
    ['<img id="x" aria-labelledby="l"><b id="l">IMG_1234.jpg</b>', 'any-weak'],
  ] as const)('%s, asked for %s', (html, mode) => {
    show(html);
    expect(writer.apply(element('#x'), { ...CAT, mode })).toBe(false);
    expect(document.body.innerHTML).toBe(html);
  });

  test.each([
    ['<img id="x" alt="IMG_1234.jpg">', 'missing-and-weak', 'alt'],
    ['<img id="x" alt="Photo of our last evening">', 'any-weak', 'alt'],
    ['<img id="x" aria-label="IMG_1234.jpg">', 'missing-and-weak', 'aria-label'],
  ] as const)('but %s gives way where %s is asked for', (html, mode, attribute) => {
    show(html);
    expect(writer.apply(element('#x'), { ...CAT, mode })).toBe(true);
    expect(element('#x').getAttribute(attribute)).toBe('Possibly a cat');
    writer.revert(element('#x'));
    expect(document.body.innerHTML).toBe(html);
  });

  test.each([
    ['gives a text', 'alt', 'A candle'],
    ['says that it is decoration', 'alt', ''],
    ['names it otherwise', 'aria-label', 'A candle'],
  ])('a page that %s later has its word, and our mark goes', async (_, name, value) => {
    show('<p lang="de"><img id="x"></p>');
    writer.apply(element('#x'), CAT);
    element('#x').setAttribute(name, value);
    await until('our mark is gone', () => !element('#x').hasAttribute('data-alt-lens'));
    expect(attributes('#x')).toEqual({ id: 'x', [name]: value });
    writer.revertAll();
    expect(attributes('#x')).toEqual({ id: 'x', [name]: value });
  });
});

test('the report goes on telling what the author left', () => {
  show('<img id="x">');
  const needed = () => {
    const { need, rule, name } = altNeedOf(element('#x'));
    return [need, rule, name];
  };
  writer.apply(element('#x'), CAT);
  expect(needed()).toEqual(['missing', 'no-alt', '']);
  writer.revert(element('#x'));
  expect(needed()).toEqual(['missing', 'no-alt', '']);
  element('#x').setAttribute('alt', 'A vase');
  expect(needed()).toEqual(['named', 'alt', 'A vase']);
});

test('another text takes the place of the first; what was before is still known', () => {
  show('<img id="x" alt=" ">');
  writer.apply(element('#x'), CAT);
  writer.apply(element('#x'), { ...CAT, text: 'Possibly a dog', mark: 'n02084071 0.70' });
  expect(attributes('#x')).toEqual({
    ...{ id: 'x', alt: 'Possibly a dog', 'data-alt-lens': 'n02084071 0.70' },
  });
  writer.revert(element('#x'));
  expect(document.body.innerHTML).toBe('<img id="x" alt=" ">');
});

test('one drawing speaks once: the text of its first image, until that is taken back', () => {
  show('<svg id="s" role="img"><image id="a" href="a.png"/><image id="b" href="b.png"/></svg>');
  expect(writer.apply(element('#a'), CAT)).toBe(true);
  expect(writer.apply(element('#b'), { ...CAT, text: 'Possibly a dog' })).toBe(false);
  expect(writer.textOf(element('#b'))).toBeNull();
  writer.revert(element('#b'));
  expect(element('#s').getAttribute('aria-label')).toBe('Possibly a cat');
  writer.revert(element('#a'));
  expect(element('#s').hasAttribute('aria-label')).toBe(false);
});

describe('a page that rewrites its DOM is not fought', () => {
  test.each([
    ['takes the text off', 'alt'],
    ['takes the mark off', 'data-alt-lens'],
  ])('%s: three tries, and no trace afterwards', async (_, name) => {
    show('<img id="x">');
    let count = 0;
    const rival = new MutationObserver(() => {
      if (!element('#x').hasAttribute(name)) return;
      count += 1;
      element('#x').removeAttribute(name);
    });
    rival.observe(element('#x'), { attributes: true });
    writer.apply(element('#x'), CAT);
    await until('the third try', () => count >= 3);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(writer.apply(element('#x'), CAT)).toBe(false);
    expect(count).toBe(3);
    rival.disconnect();
    expect(attributes('#x')).toEqual({ id: 'x' });
  });

  test('draws the element anew each time: three tries', () => {
    let written = 0;
    for (let turn = 0; turn < 6; turn += 1) {
      show('<img src="a.png">');
      if (writer.apply(element('img'), CAT)) written += 1;
    }
    expect(written).toBe(3);
    expect(document.body.innerHTML).toBe('<img src="a.png">');
  });

  test('what the page only writes again is no change', async () => {
    show('<img id="x" title="A tip" alt=" ">');
    show('<img id="x" lang="en">');
    writer.apply(element('#x'), CAT);
    for (let turn = 0; turn < 5; turn += 1) {
      element('#x').setAttribute('lang', 'en');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(element('#x').getAttribute('alt')).toBe('Possibly a cat');
  });
});

describe('everything is given back', () => {
  const html =
    '<img id="a" src="a.png"><img id="b" src="b.png" alt=" "><p lang="de"><img id="c" src="c.png"></p>';
  beforeEach(() => {
    show(html);
    for (const id of ['#a', '#b', '#c']) writer.apply(element(id), CAT);
  });

  test('when the signal fires; later texts are refused', () => {
    controller.abort();
    expect(document.body.innerHTML).toBe(html);
    expect(writer.apply(element('#a'), CAT)).toBe(false);
  });

  test('by copies that the page made', () => {
    document.body.append(element('#b').cloneNode(), element('#c').cloneNode());
    writer.revertAll();
    expect(document.body.innerHTML).toBe(
      `${html}<img id="b" src="b.png" alt=" "><img id="c" src="c.png">`,
    );
  });

  test('by a copy that has a text of its own by then', () => {
    const copy = element('#c').cloneNode() as Element;
    element('p').append(copy);
    expect(writer.apply(copy, { ...CAT, text: 'Possibly a dog' })).toBe(true);
    expect(attributes(copy)).toEqual({
      ...{ id: 'c', src: 'c.png', alt: 'Possibly a dog', lang: 'en', ...MARK },
    });
    writer.revertAll();
    expect(attributes(copy)).toEqual({ id: 'c', src: 'c.png' });
  });

  test('when the extension was reloaded and anything takes a mark off', async () => {
    setExtensionAlive(false);
    element('#a').removeAttribute('data-alt-lens');
    await until('the texts are gone', () => document.body.innerHTML === html);
  });
});

test('inside a closed shadow root, and given back by a copy in there', () => {
  show('<div id="host"></div>');
  const root = closedRoot(element('#host'), '<img id="x">');
  writer.apply(element('#x', root), CAT);
  expect(element('#x', root).getAttribute('alt')).toBe('Possibly a cat');
  root.append(element('#x', root).cloneNode());
  writer.revertAll();
  expect(root.innerHTML).toBe('<img id="x"><img id="x">');
});
