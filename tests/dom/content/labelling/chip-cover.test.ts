import { describe, expect, test } from 'vitest';

import { createLayer } from '../../../../src/content/layer';
import { isCovered, passedAmong } from '../../../../src/content/labelling/chip-cover';
import { elementsAt } from '../../../../src/content/find/shadow-roots';
import { closedRoot, element, loaded, pngOf, show, squarePng } from '../../harness/page';

const AT = 'left: 0; top: 0; width: 100px; height: 100px; margin: 0';
const PHOTO = `<img id="photo" style="position: absolute; ${AT}">`;
const covered = () => isCovered(element('#photo'), 10, 10);

/** With all images of the page in view. */
function coveredAmong(selector = '#photo'): boolean {
  const steps = passedAmong(document.images);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return isCovered(element(selector), 10, 10, step.value);
}

describe('what lies over the corner of a picture', () => {
  test.each([
    ['nothing', PHOTO, false],
    ['a link within the page', `${PHOTO}<a style="position: absolute; ${AT}"></a>`, false],
    ['a fixed bar', `${PHOTO}<nav style="position: fixed; ${AT}"></nav>`, true],
    [
      'something inside a fixed bar',
      `${PHOTO}<nav style="position: fixed; ${AT}"><b style="display: block; height: 90px"></b></nav>`,
      true,
    ],
    ['a sticky bar', `<nav style="position: sticky; z-index: 2; ${AT}"></nav>${PHOTO}`, true],
    ['a bar elsewhere', `${PHOTO}<nav style="position: fixed; ${AT}; top: 50px"></nav>`, false],
    [
      'a bar that hits pass through',
      `${PHOTO}<nav style="position: fixed; pointer-events: none; ${AT}"></nav>`,
      false,
    ],
    [
      'the fixed bar that the picture is in',
      `<nav style="position: fixed; ${AT}">${PHOTO}<a style="position: absolute; ${AT}"></a></nav>`,
      false,
    ],
  ])('%s', (_, html, expected) => {
    show(html);
    expect(covered()).toBe(expected);
  });

  const BEYOND = 'position: absolute; left: 0; top: 0; width: 150px; height: 80px';
  const OVER = `position: absolute; ${AT}`;
  test.each([
    [
      'a menu that reaches beyond it',
      `<ul style="${BEYOND}; background: #fff; margin: 0"></ul>`,
      true,
    ],
    [
      'a menu through which it is seen',
      `<ul style="${BEYOND}; background: #fff8; margin: 0"></ul>`,
      false,
    ],
    [
      'a badge',
      '<b style="position: absolute; left: -9px; top: -9px; background: red">New</b>',
      false,
    ],
    ['a veil', `<div style="${OVER}; background: rgb(0 0 0 / 0.4)"></div>`, false],
    ['a box over all of it', `<div style="${OVER}; background: #000"></div>`, true],
    ['another picture', `<img class="over" src="${squarePng(20)}" style="${OVER}">`, true],
    [
      'one as a background',
      `<div style="${OVER}; background: url(${squarePng(20)}) 0 / cover"></div>`,
      true,
    ],
    [
      'one in a corner of a box',
      `<div style="${OVER}; background: url(${squarePng(20)}) no-repeat"></div>`,
      false,
    ],
    [
      'one that is faded out',
      `<div style="opacity: 0.2"><img src="${squarePng(20)}" style="${OVER}"></div>`,
      false,
    ],
    [
      'a frame through which it is seen',
      `<img class="over" src="${pngOf(20, 20)}" style="${OVER}">`,
      false,
    ],
    [
      'a gradient of colours',
      `<div style="${OVER}; background: linear-gradient(#333, hsl(9 9% 9%))"></div>`,
      true,
    ],
    [
      'a gradient through which it is seen',
      `<div style="${OVER}; background: linear-gradient(transparent, #000)"></div>`,
      false,
    ],
    [
      'a colour that is mixed with it',
      `<div style="${OVER}; background: #f00; mix-blend-mode: multiply"></div>`,
      false,
    ],
    [
      'a colour out of which it is cut',
      `<div style="${OVER}; background: #000; mask: linear-gradient(#0000, #000)"></div>`,
      false,
    ],
    ['a blur', `<div style="${OVER}; backdrop-filter: blur(30px)"></div>`, true],
    ['a glass that bends little', `<div style="${OVER}; backdrop-filter: blur(2px)"></div>`, false],
    ['a frame of its own', `<iframe style="${OVER}; border: 0" srcdoc="<p>Play"></iframe>`, true],
    ['a player that has no picture yet', `<video style="${OVER}; background: #000"></video>`, true],
    [
      'a part of something over it',
      `<style>.by::after { content: ''; ${OVER}; background: #fff }</style><a class="by" style="${OVER}"></a>`,
      true,
    ],
    ['a canvas that is drawn full', `<canvas class="full" style="${OVER}"></canvas>`, true],
    ['a canvas with a line', `<canvas class="line" style="${OVER}"></canvas>`, false],
  ])('%s', async (_, over, expected) => {
    show(`<div style="position: relative">${PHOTO}${over}</div>`);
    if (over.includes('class="over"')) await loaded('.over');
    for (const canvas of document.querySelectorAll('canvas')) {
      canvas.getContext('2d')?.fillRect(0, 0, canvas.width, canvas.className === 'full' ? 999 : 9);
    }
    await new Promise(requestAnimationFrame);
    expect(covered()).toBe(expected);
  });

  test.each([
    ['white', 'background: #fff', true],
    ['white, until it is hovered', 'background: #fff; opacity: 0', false],
    ['a veil', 'background: #0008', false],
    ['a shimmer', 'background: linear-gradient(90deg, #eee, #ddd, #eee)', true],
    ['a small mark', 'background: #fff; inset: auto; width: 40px; height: 40px', false],
  ])('a part of what is around it: %s', (_, style, expected) => {
    show(
      `<style>.around::before { content: ''; position: absolute; z-index: 1; inset: 0; ${style} }</style>
       <div class="around" style="position: relative; width: 100px; height: 100px">${PHOTO}</div>`,
    );
    expect(covered()).toBe(expected);
  });

  test.each([
    ['in the order of the page', '', '', true],
    ['by number', 'z-index: 2', 'z-index: 1', false],
    ['faded out', '', 'opacity: 0', false],
    ['half seen through', '', 'opacity: 0.5', false],
    ['hidden', '', 'visibility: hidden', false],
  ])('pictures that hits pass through, %s', async (_, own, other, expected) => {
    const passing = `${OVER}; pointer-events: none`;
    show(
      `<div style="position: relative"><img id="photo" src="${squarePng(20)}" style="${passing}; ${own}">
       <img class="over" src="${squarePng(20)}" style="${passing}; ${other}"></div>`,
    );
    await Promise.all(['#photo', '.over'].map(loaded));
    expect(coveredAmong()).toBe(expected);
  });

  test('a picture that hits pass through, over one that they meet, and cut off beside it', async () => {
    show(
      `<div style="position: relative"><img id="photo" src="${squarePng(20)}" style="${OVER}">
       <div id="strip" style="${OVER}; pointer-events: none"><img class="over" src="${squarePng(20)}" style="${OVER}"></div></div>`,
    );
    await Promise.all(['#photo', '.over'].map(loaded));
    expect(coveredAmong()).toBe(true);
    // What hits meet lies below it.
    expect(coveredAmong('.over')).toBe(false);
    element('#strip').style.cssText += 'left: 50px; overflow: hidden';
    element('.over').style.left = '-50px';
    expect(coveredAmong()).toBe(false);
  });

  test('the ground of what is around it, where it lies behind that', () => {
    const behind = PHOTO.replace('style="', 'style="z-index: -1; ');
    show(`<div style="isolation: isolate"><div class="ground" style="${AT}">${behind}</div></div>`);
    expect(covered()).toBe(false);
    element('.ground').style.background = '#fff';
    expect(covered()).toBe(true);
  });

  test('the other side of a card, while that one is seen', async () => {
    const side = `${OVER}; backface-visibility: hidden`;
    show(
      `<div style="position: relative; transform-style: preserve-3d"><img id="photo" style="${side}; transform: rotateY(180deg)">
       <img class="over" src="${squarePng(20)}" style="${side}"></div>`,
    );
    await loaded('.over');
    expect(covered()).toBe(true);
    element('div').style.transform = 'rotateY(180deg)';
    expect(covered()).toBe(false);
  });

  test('a label of ours', () => {
    show(PHOTO);
    const { stage, attach, remove } = createLayer('labels', '');
    const label = document.createElement('button');
    label.setAttribute('style', `position: fixed; ${AT}`);
    stage.append(label);
    attach();
    expect(elementsAt(10, 10)[0]).toBe(label);
    expect(covered()).toBe(false);
    remove();
  });

  test('a popover and a modal dialog', () => {
    show(`${PHOTO}<div id="over" popover style="inset: auto; position: absolute; ${AT}"></div>`);
    expect(covered()).toBe(false);
    element('#over').showPopover();
    expect(covered()).toBe(true);
    show(`${PHOTO}<dialog style="inset: auto; position: absolute; ${AT}"></dialog>`);
    document.querySelector('dialog')?.showModal();
    expect(covered()).toBe(true);
  });

  test('a bar over a picture inside a closed shadow root', () => {
    show(`<div></div><nav style="position: fixed; ${AT}"></nav>`);
    const root = closedRoot(element('div'), PHOTO);
    expect(isCovered(element('#photo', root), 10, 10)).toBe(true);
    element('nav').remove();
    expect(isCovered(element('#photo', root), 10, 10)).toBe(false);
  });
});
