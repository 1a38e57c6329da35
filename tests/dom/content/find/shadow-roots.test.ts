import { beforeEach, describe, expect, test } from 'vitest';

import { shadowRootOf } from '../../../../src/content/dom';
import {
  composedAncestors,
  composedParent,
  elementsAt,
  focusedElement,
  hoveredElements,
  queryDeep,
} from '../../../../src/content/find/shadow-roots';
import { closedRoot, element, show } from '../../harness/page';
import { movePointer } from '../../harness/pointer';

let inner: ShadowRoot;
let innermost: ShadowRoot;

/** A slotted image, and a closed root inside an open one. */
beforeEach(() => {
  show(
    `<div id="host" style="position: absolute; left: 0; top: 0"><template shadowrootmode="open">
       <section id="frame"><slot></slot></section>
       <div id="deep" style="position: absolute; left: 200px; top: 0"></div>
     </template><img id="slotted" width="50" height="50"></div>`,
  );
  const root = element('#host').shadowRoot;
  if (root === null) throw new Error('No shadow root.');
  inner = root;
  innermost = closedRoot(
    element('#deep', inner),
    '<button id="button" style="width: 100px; height: 100px"><img id="hidden-away" width="90" height="90"></button>',
  );
});

const ids = (elements: Iterable<Element>) =>
  [...elements].map(({ id, localName }) => id || localName);

test('open and closed roots are opened, and of what has none, none', () => {
  expect(shadowRootOf(element('#host'))).toBe(inner);
  expect(shadowRootOf(element('#deep', inner))).toBe(innermost);
  expect(shadowRootOf(element('#slotted'))).toBeNull();
});

test('parents as they are drawn: slots for what is slotted, hosts for what is in a root', () => {
  expect(composedParent(element('#slotted'))?.localName).toBe('slot');
  expect(composedParent(element('#frame', inner))).toBe(element('#host'));
  expect(composedParent(document.documentElement)).toBeNull();
  expect(ids(composedAncestors(element('#hidden-away', innermost)))).toEqual([
    ...['hidden-away', 'button', 'deep', 'host', 'body', 'html'],
  ]);
});

test('every element that matches, in every root', () => {
  expect(ids(queryDeep('img')).sort()).toEqual(['hidden-away', 'slotted']);
  expect(ids(queryDeep('img', inner))).toEqual(['hidden-away']);
  expect(ids(queryDeep('video'))).toEqual([]);
});

test('what lies under a point, innermost first', () => {
  expect(ids(elementsAt(250, 50)).slice(0, 3)).toEqual(['hidden-away', 'button', 'deep']);
  expect(ids(elementsAt(20, 20))).toContain('slotted');
});

test('the focus inside every root', () => {
  expect(focusedElement()).toBeNull();
  element('#button', innermost).focus();
  expect(focusedElement()?.id).toBe('button');
});

describe('what the pointer hovers over', () => {
  test('innermost first, through roots', async () => {
    await movePointer(250, 50);
    expect(ids(hoveredElements()).slice(0, 3)).toEqual(['hidden-away', 'button', 'deep']);
    expect(ids(hoveredElements()).at(-1)).toBe('html');
  });
});
