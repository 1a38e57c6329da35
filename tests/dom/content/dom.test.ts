/** A page may name its form controls after every member of the DOM: what is read of it stays true. */
import { beforeEach, describe, expect, test } from 'vitest';

import {
  assignedSlotOf,
  attributeNamesOf,
  boxOf,
  childNodesOf,
  childrenOf,
  closest,
  contains,
  documentOf,
  getAttribute,
  hasAttribute,
  idOf,
  isConnected,
  isElement,
  localNameOf,
  matches,
  nextElementOf,
  parentElementOf,
  parentNodeOf,
  previousElementOf,
  query,
  queryAll,
  removeAttribute,
  rootOf,
  setAttribute,
  shadowRootOf,
  textOf,
} from '../../../src/content/dom';
import { composedAncestors, queryDeep } from '../../../src/content/find/shadow-roots';
import { picturesOf } from '../../../src/content/find/picture';
import { selectorOf } from '../../../src/content/report/selector';
import { closedRoot, element, show, squarePng } from '../harness/page';

const MEMBERS = new Set(
  [EventTarget, Node, Element, HTMLElement, HTMLFormElement].flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype),
  ),
);

/** Controls with these names at the end of a form, made without asking the form for anything. */
function nameControls(form: Element, attribute: string): void {
  for (const name of MEMBERS) {
    const control = document.createElement('input');
    control.type = 'hidden';
    control.setAttribute(attribute, name);
    Node.prototype.appendChild.call(form, control);
  }
}

describe.each(['name', 'id'])('controls by %s', (attribute) => {
  let form: Element;
  let image: Element;
  let before: Element;
  let after: Element;

  beforeEach(() => {
    show(
      `<p id="before">Before</p><form class="all" title="Form"><img class="target" width="50" height="50" src="${squarePng(50)}"></form><p id="after">After</p><div id="host"></div>`,
    );
    [form, image] = [element('form'), element('img')];
    [before, after] = [element('#before'), element('#after')];
    nameControls(form, attribute);
  });

  test('hide the members of the form: the test is one', () => {
    for (const name of ['parentNode', 'assignedSlot', 'matches', 'localName', 'getAttribute']) {
      expect(Reflect.get(form, name)).toBeInstanceOf(HTMLInputElement);
    }
  });

  test('parents, siblings, root and document are the true ones', () => {
    expect(parentNodeOf(form)).toBe(document.body);
    expect(parentElementOf(form)).toBe(document.body);
    expect(parentNodeOf(image)).toBe(form);
    expect(childrenOf(form)).toHaveLength(MEMBERS.size + 1);
    expect(childNodesOf(form)[0]).toBe(image);
    expect(nextElementOf(form)).toBe(after);
    expect(previousElementOf(form)).toBe(before);
    expect(assignedSlotOf(form)).toBeNull();
    expect(rootOf(form)).toBe(document);
    expect(documentOf(form)).toBe(document);
    expect(isConnected(form)).toBe(true);
    expect(contains(form, image)).toBe(true);
    expect(shadowRootOf(form)).toBeNull();
  });

  test('names, attributes, texts, boxes and matches are the true ones', () => {
    expect(isElement(form)).toBe(true);
    expect(localNameOf(form)).toBe('form');
    expect(idOf(form)).toBe('');
    expect(attributeNamesOf(form)).toEqual(['class', 'title']);
    expect(getAttribute(form, 'title')).toBe('Form');
    expect(hasAttribute(form, 'title')).toBe(true);
    setAttribute(form, 'lang', 'de');
    expect(getAttribute(form, 'lang')).toBe('de');
    removeAttribute(form, 'lang');
    expect(hasAttribute(form, 'lang')).toBe(false);
    expect(textOf(form)).toBe('');
    expect(boxOf(form).width).toBeGreaterThan(0);
    expect(matches(form, 'form.all')).toBe(true);
    expect(matches(form, 'img')).toBe(false);
    expect(closest(image, '.all')).toBe(form);
    expect(query(form, 'img')).toBe(image);
    expect([...queryAll(form, 'img')]).toEqual([image]);
  });

  test('walks up end at the page, walks down find the image', () => {
    expect([...composedAncestors(image)]).toEqual([
      ...[image, form, document.body, document.documentElement],
    ]);
    expect([...queryDeep('img')]).toEqual([image]);
    expect(picturesOf(image)).toHaveLength(1);
    expect(selectorOf(image)).toBe('html > body > form > img');
  });

  test('also within a closed shadow root', () => {
    const host = element('#host');
    const root = closedRoot(host, '<form><img></form>');
    const inner = element('form', root);
    const picture = element('img', root);
    nameControls(inner, attribute);
    expect([...composedAncestors(picture)]).toEqual([
      ...[picture, inner, host, document.body, document.documentElement],
    ]);
    expect(rootOf(inner)).toBe(root);
    expect([...queryDeep('img', root)]).toEqual([picture]);
  });
});

test('the elements that may have a shadow root are those that are asked for one', () => {
  // Every element of the language that this browser knows, and names of a person's own.
  const names = Object.getOwnPropertyNames(globalThis)
    .map((name) => /^HTML(\w+)Element$/.exec(name)?.[1]?.toLowerCase() ?? '')
    .filter((name) => name !== '');
  const others =
    'a abbr address article aside b blockquote body code dd dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup i img li main nav noscript ol p s search section small span strong sub summary sup svg tbody td tfoot th thead tr ul x-gallery font-face';
  let hosts = 0;
  for (const name of new Set([...names, ...others.split(' ')])) {
    const host = document.createElement(name);
    let root: ShadowRoot | null = null;
    try {
      root = host.attachShadow({ mode: 'open' });
      hosts += 1;
    } catch {
      // It cannot have one.
    }
    expect(shadowRootOf(host), name).toBe(root);
  }
  // 18 of the language, and the one whose name is free: `font-face` is reserved.
  expect(hosts).toBe(19);
});
