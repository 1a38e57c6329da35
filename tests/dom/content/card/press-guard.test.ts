/** A press on a button of ours counts only where the person has seen the button, there and uncovered. */
import { afterEach, expect, test } from 'vitest';

import { button } from '../../../../src/content/card/nodes';
import { createLayer, type Layer } from '../../../../src/content/layer';
import { click } from '../../harness/pointer';
import { until } from '../../harness/page';

const AT = 'position: fixed; left: 100px; top: 100px; width: 120px; height: 40px';
const CENTRE = [160, 120] as const;

let layer: Layer | null = null;
let presses = 0;

afterEach(() => {
  layer?.remove();
});

function showButton(): HTMLButtonElement {
  presses = 0;
  layer = createLayer('card', '');
  const pressed = button('Wrong', '', () => {
    presses += 1;
  });
  pressed.setAttribute('style', AT);
  layer.stage.append(pressed);
  layer.attach();
  return pressed;
}

const isEnabled = (pressed: Element) => pressed.getAttribute('aria-disabled') === 'false';

const untilEnabled = (pressed: Element) => until('the button is enabled', () => isEnabled(pressed));

/** Something of the page over the button that lets hits through. */
function coverUp(style: string): HTMLElement {
  const cover = document.createElement('div');
  cover.popover = 'manual';
  const over = `position: fixed; inset: auto; left: 90px; top: 90px; margin: 0; width: 200px;
    height: 100px; pointer-events: none;`;
  cover.setAttribute('style', `${over} ${style}`);
  document.body.append(cover);
  cover.showPopover();
  return cover;
}

test('seen for half a second: a press counts; before that it is shown as disabled', async () => {
  const shownAt = performance.now();
  const pressed = showButton();
  expect(isEnabled(pressed)).toBe(false);
  await click(...CENTRE);
  expect(presses).toBe(0);
  await untilEnabled(pressed);
  expect(performance.now() - shownAt).toBeGreaterThanOrEqual(500);
  await click(...CENTRE);
  expect(presses).toBe(1);
});

test.each([
  ['a popover that lets hits through', ''],
  ['one that is hardly seen', 'opacity: 0.02; background: none; border: 0;'],
])('covered by %s, and for half a second afterwards, none counts', async (_, style) => {
  const pressed = showButton();
  await untilEnabled(pressed);
  const cover = coverUp(style);
  await until('the button is disabled', () => !isEnabled(pressed));
  await click(...CENTRE);
  cover.remove();
  await click(...CENTRE);
  expect(presses).toBe(0);
  await untilEnabled(pressed);
  await click(...CENTRE);
  expect(presses).toBe(1);
});

test('moved under the pointer, none counts at once; a tremble does not matter', async () => {
  const pressed = showButton();
  await untilEnabled(pressed);
  pressed.style.transform = 'translate(3px, 2px)';
  await click(...CENTRE);
  expect(presses).toBe(1);
  pressed.style.transform = 'translate(300px, 0)';
  await click(460, 120);
  expect(presses).toBe(1);
  await untilEnabled(pressed);
  await click(460, 120);
  expect(presses).toBe(2);
});

test('never pressed by a script', async () => {
  const pressed = showButton();
  await untilEnabled(pressed);
  pressed.click();
  pressed.dispatchEvent(new PointerEvent('click', { bubbles: true, composed: true }));
  expect(presses).toBe(0);
});
