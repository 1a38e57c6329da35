import { describe, expect, test } from 'vitest';

import { createLayer } from '../../../../src/content/layer';
import { isCovered } from '../../../../src/content/labelling/chip-cover';
import { elementsAt } from '../../../../src/content/find/shadow-roots';
import { closedRoot, element, show } from '../../harness/page';

const AT = 'left: 0; top: 0; width: 100px; height: 100px; margin: 0';
const PHOTO = `<img id="photo" style="position: absolute; ${AT}">`;
const covered = () => isCovered(element('#photo'), 10, 10);

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
