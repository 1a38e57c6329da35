/** Nodes that were made in another window are of the same kinds. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { knowNodesOfAllWindows } from '../../../src/content/realms';
import { element, show } from '../harness/page';

beforeAll(knowNodesOfAllWindows);
afterAll(() => {
  Reflect.deleteProperty(Node, Symbol.hasInstance);
});

function madeElsewhere(tag: string): Element {
  show('<iframe></iframe>');
  const frame = element('iframe') as HTMLIFrameElement;
  const made = frame.contentDocument?.createElement(tag);
  if (made === undefined) throw new Error('No frame.');
  return made;
}

test('an image of a frame is an image, an element and a node, and nothing else', () => {
  const image = madeElsewhere('img');
  expect(image.constructor).not.toBe(HTMLImageElement);
  expect([
    image instanceof HTMLImageElement,
    image instanceof HTMLElement,
    image instanceof Element,
    image instanceof Node,
  ]).toEqual([true, true, true, true]);
  expect([image instanceof HTMLVideoElement, image instanceof SVGElement]).toEqual([false, false]);
  document.body.append(image);
  expect(image instanceof HTMLImageElement).toBe(true);
});

test('what is no node is of no kind', () => {
  const values: unknown[] = [null, undefined, 'img', {}, Object.create(null), window];
  expect(values.filter((value) => value instanceof Element)).toEqual([]);
  expect(document.body instanceof HTMLElement).toBe(true);
  expect(document.body instanceof HTMLImageElement).toBe(false);
});
