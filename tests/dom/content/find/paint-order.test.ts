import { describe, expect, test } from 'vitest';

import {
  isClippedAt,
  isPaintedOver,
  passesHits,
  unseenOf,
} from '../../../../src/content/find/paint-order';
import { closedRoot, element, show } from '../../harness/page';

const BOX = 'position: absolute; left: 0; top: 0; width: 100px; height: 100px';
const div = (id: string, style = '', inner = '') =>
  `<div id="${id}" style="${style}">${inner}</div>`;

/** Hits are the browser's own word for what is painted last. */
function topmostHit(): string | undefined {
  return document.elementsFromPoint(50, 50).find(({ id }) => id === 'a' || id === 'b')?.id;
}

describe('the later of two', () => {
  const sized = 'width: 100px; height: 100px';
  const up = 'margin-top: -100px';
  test.each([
    ['in the order of the page', div('a', BOX) + div('b', BOX), 'b'],
    ['by number', div('a', `${BOX}; z-index: 2`) + div('b', `${BOX}; z-index: 1`), 'a'],
    ['below zero', div('a', BOX) + div('b', `${BOX}; z-index: -1`), 'a'],
    [
      'placed, over what is not',
      div('a', `position: relative; ${sized}`) + div('b', `${up}; ${sized}`),
      'a',
    ],
    [
      'a number that does not count',
      div('a', `z-index: 5; ${sized}`) + div('b', `${up}; ${sized}`),
      'b',
    ],
    [
      'a number of an item of a grid',
      div(
        'grid',
        'display: grid',
        div('a', `grid-area: 1 / 1; z-index: 1; ${sized}`) + div('b', `grid-area: 1 / 1; ${sized}`),
      ),
      'a',
    ],
    [
      'faded, over what is not placed',
      div('a', `opacity: 0.9; ${sized}`) + div('b', `${up}; ${sized}`),
      'a',
    ],
    [
      'turned, over what is not placed',
      div('a', `rotate: 1deg; ${sized}`) + div('b', `${up}; ${sized}`),
      'a',
    ],
    [
      'a number that leaves what it lies in',
      div('around', 'position: relative', div('a', `${BOX}; z-index: 2`)) +
        div('b', `${BOX}; z-index: 1`),
      'a',
    ],
    [
      'a number that is held by what it lies in',
      div('around', 'position: relative; isolation: isolate', div('a', `${BOX}; z-index: 9`)) +
        div('b', `${BOX}; z-index: 1`),
      'b',
    ],
    ['what lies inside', div('a', BOX, div('b', sized)), 'b'],
    ['behind what it lies in', div('a', sized, div('b', `${BOX}; z-index: -1`)), 'a'],
    [
      'behind nothing of what holds it',
      div('a', `${BOX}; z-index: 0`, div('b', `${BOX}; z-index: -1`)),
      'b',
    ],
  ])('%s', (_, html, expected) => {
    show(`<div style="position: relative; z-index: 0; height: 0">${html}</div>`);
    expect(isPaintedOver(element('#a'), element('#b'))).toBe(expected === 'a');
    expect(isPaintedOver(element('#b'), element('#a'))).toBe(expected === 'b');
    expect(topmostHit()).toBe(expected);
  });

  test('in the top layer', () => {
    show(`<div id="a" popover style="inset: auto; ${BOX}"></div>${div('b', `${BOX}; z-index: 9`)}`);
    element('#a').showPopover();
    expect(isPaintedOver(element('#a'), element('#b'))).toBe(true);
    expect(topmostHit()).toBe('a');
  });

  test('in the slots of a root, whose order is its own', () => {
    const slots =
      '<template shadowrootmode="open"><slot></slot><slot name="last"></slot></template>';
    const last = div('a', BOX).replace('id', 'slot="last" id');
    show(`<div>${slots}${last}${div('b', BOX)}</div>`);
    expect(isPaintedOver(element('#a'), element('#b'))).toBe(true);
    expect(topmostHit()).toBe('a');
  });
});

describe('what is not seen', () => {
  test.each([
    ['nothing of it', 'opacity: 0', '', true],
    ['a hundredth of what is a fifth', 'opacity: 0.2', 'opacity: 0.05', true],
    ['a fifth', 'opacity: 0.2', '', false],
    ['hidden by what is around', '', 'visibility: hidden', true],
    ['seen in what is hidden', 'visibility: visible', 'visibility: hidden', false],
    ['not drawn', '', 'display: none', true],
  ])('%s', (_, style, around, expected) => {
    show(div('around', around, '<div id="host"></div>'));
    const root = closedRoot(element('#host'), `<slot></slot>${div('in', style)}`);
    const inner = element('#in', root);
    const slotted = document.createElement('b');
    slotted.setAttribute('style', style);
    element('#host').append(slotted);
    expect([...unseenOf([inner, slotted])]).toEqual(expected ? [inner, slotted] : []);
  });
});

test('hits pass by style, and through what is inert', () => {
  show(`${div('a', 'pointer-events: none', '<i></i>')}<div inert><b></b></div><u></u>`);
  expect(['i', 'b', 'u'].map((each) => passesHits(element(each)))).toEqual([true, true, false]);
});

test('a point that a box around it cuts off', () => {
  show(
    div(
      'around',
      'overflow: hidden; width: 50px; height: 50px',
      div('a', 'width: 100px; height: 100px'),
    ),
  );
  const { x, y } = element('#around').getBoundingClientRect();
  expect(isClippedAt(element('#a'), x + 10, y + 10)).toBe(false);
  expect(isClippedAt(element('#a'), x + 60, y + 10)).toBe(true);
});
