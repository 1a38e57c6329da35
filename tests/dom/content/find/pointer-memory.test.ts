import { afterEach, beforeEach, expect, test } from 'vitest';

import { attentionHere } from '../../../../src/content/find/attention';
import { rememberPointer } from '../../../../src/content/find/pointer-memory';
import { setExtensionAlive } from '../../harness/fake-extension';
import { element, show } from '../../harness/page';
import { movePointer, rightClick } from '../../harness/pointer';

let controller: AbortController;
beforeEach(() => {
  controller = new AbortController();
  show(
    '<img id="photo" src="a.png" style="position: absolute; left: 100px; top: 100px; width: 100px; height: 100px">',
  );
});
afterEach(() => {
  controller.abort();
});

test('a real right-click is remembered, with what was there, until the next', async () => {
  const last = rememberPointer(controller.signal);
  expect(last()).toBeNull();
  await rightClick(150, 140);
  expect(last()).toMatchObject({ x: 150, y: 140 });
  expect(last()?.elements[0]).toBe(element('#photo'));
  element('#photo').remove();
  expect(last()?.elements[0]?.id).toBe('photo');
  await rightClick(20, 30);
  expect(last()).toMatchObject({ x: 20, y: 30 });
});

test('a page that stops these events makes no difference, and the left button none at all', async () => {
  const last = rememberPointer(controller.signal);
  const stop = (event: Event) => {
    event.stopImmediatePropagation();
  };
  element('#photo').addEventListener('contextmenu', stop);
  element('#photo').addEventListener('pointerdown', stop);
  const press = { bubbles: true, clientX: 110, clientY: 120 };
  element('#photo').dispatchEvent(new PointerEvent('pointerdown', { ...press, button: 0 }));
  expect(last()).toBeNull();
  await rightClick(130, 130);
  expect(last()).toMatchObject({ x: 130, y: 130 });
});

test('nothing is remembered after the end, nor for an extension that is gone, nor of a forged click', async () => {
  const last = rememberPointer(controller.signal);
  await rightClick(11, 5);
  setExtensionAlive(false);
  await rightClick(12, 5);
  expect(last()?.x).toBe(11);
  setExtensionAlive(true);
  window.dispatchEvent(new MouseEvent('contextmenu', { clientX: 13, clientY: 5 }));
  expect(last()?.x).toBe(11);
  controller.abort();
  await rightClick(14, 5);
  expect(last()?.x).toBe(11);
});

test('this frame has the attention where its picture is focused, else where the pointer is in it', async () => {
  await movePointer(150, 150);
  expect(attentionHere()).toBe('pointer');
  show('<input type="image" src="go.png">');
  element('input').focus();
  expect(attentionHere()).toBe('focus');
});

test('a frame inside this one answers for itself', async () => {
  show(
    '<iframe srcdoc="<p>Inner" style="position: absolute; left: 0; top: 0; width: 300px; height: 300px"></iframe>',
  );
  await movePointer(150, 150);
  expect(attentionHere()).toBeNull();
});
