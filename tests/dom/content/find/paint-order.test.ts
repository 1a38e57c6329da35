import { describe, expect, test } from 'vitest';

import { unseenOf } from '../../../../src/content/find/paint-order';
import { closedRoot, element, show } from '../../harness/page';

const div = (id: string, style = '', inner = '') =>
  `<div id="${id}" style="${style}">${inner}</div>`;

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
