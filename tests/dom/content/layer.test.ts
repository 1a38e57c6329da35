/** Hosts of ours: elements that no page can define, told from the page's by reference, gone without a trace. */
import { afterEach, describe, expect, test } from 'vitest';

import {
  createLayer,
  drawnStages,
  isOwn,
  isOwnIn,
  removeLeftovers,
  type Layer,
  type LayerName,
} from '../../../src/content/layer';
import { answerMessages } from '../harness/fake-extension';
import { closedRoot, element, show, until } from '../harness/page';

const NAMES: readonly LayerName[] = ['card', 'labels', 'ring', 'voice'];
const MARK = 'data-alt-lens-host';

let layers: Layer[] = [];

afterEach(() => {
  for (const { remove } of layers) remove();
  layers = [];
});

function layer(name: LayerName, options?: Parameters<typeof createLayer>[2]): Layer {
  const made = createLayer(name, ':host { color: red }', options);
  layers.push(made);
  made.attach();
  return made;
}

test.each(NAMES)('%s: an element that cannot be defined, with its root from the start', (name) => {
  const seen: Element[] = [];
  class Theirs extends HTMLElement {
    constructor() {
      super();
      seen.push(this);
    }
  }
  if (customElements.get(`alt-lens-${name}`) === undefined) {
    customElements.define(`alt-lens-${name}`, Theirs);
  }
  const { host, root } = layer(name);
  expect(host.localName).not.toContain('-');
  expect(root.mode).toBe('closed');
  expect(host.shadowRoot).toBeNull();
  expect(seen).toEqual([]);
  // What a definition would give: internals with the root in them.
  expect(() => host.attachInternals()).toThrow(DOMException);
  expect(() => host.attachShadow({ mode: 'open' })).toThrow(DOMException);
});

test('ours is told by reference, never by its looks', () => {
  show(`<div id="theirs" ${MARK}="card" popover="manual">Theirs</div>`);
  const { host } = layer('card');
  expect(isOwn(host)).toBe(true);
  expect(isOwnIn(document, host)).toBe(true);
  expect(isOwn(element('#theirs'))).toBe(false);
  host.removeAttribute(MARK);
  expect(isOwn(host)).toBe(true);
});

test('drawn stages: in the page, in the top layer, not hidden', () => {
  const { host, stage, remove } = layer('card');
  const quiet = layer('voice', { isOnTop: false });
  expect(drawnStages([document])).toEqual([stage]);
  stage.hidden = true;
  expect(drawnStages([document])).toEqual([]);
  stage.hidden = false;
  expect(drawnStages([document, document])).toEqual([stage]);
  remove();
  expect(drawnStages([document])).toEqual([]);
  expect(isOwn(host)).toBe(false);
  expect(quiet.host.isConnected).toBe(true);
});

test('taken away by the page, put in once more', () => {
  const { host, stage, attach } = layer('labels');
  host.remove();
  attach();
  expect(host.isConnected).toBe(true);
  expect(stage.matches(':popover-open')).toBe(true);
});

test('leftovers go; ours and elements that only look like one stay', () => {
  show(`<div id="left" ${MARK}="card"></div><div id="theirs" ${MARK}="card">Theirs</div>`);
  closedRoot(element('#left'), '<p>Old</p>');
  const { host } = layer('card');
  removeLeftovers('card', document);
  expect(document.querySelector('#left')).toBeNull();
  expect(document.querySelector('#theirs')).not.toBeNull();
  expect(host.isConnected).toBe(true);
});

test('in a frame: of the frame’s document, with its sheet', () => {
  show('<iframe id="frame" srcdoc="<p>Inside</p>"></iframe>');
  const view = (element('#frame') as HTMLIFrameElement).contentWindow as Window & typeof globalThis;
  const { host, root, stage } = layer('ring', { view });
  expect(host.ownerDocument).toBe(view.document);
  expect(root.adoptedStyleSheets).toHaveLength(1);
  expect(isOwnIn(view.document, host)).toBe(true);
  expect(isOwn(host)).toBe(false);
  expect(drawnStages([document, view.document])).toEqual([stage]);
});

test('at a scale of its own, however the page around is zoomed', () => {
  const root = document.documentElement;
  root.style.zoom = '0.7';
  const { host, stage: shadow, fit } = layer('card');
  const box = document.createElement('div');
  box.style.cssText = 'position: fixed; left: 0; top: 0; width: 200px; height: 100px';
  box.style.transform = 'translate(30px, 20px)';
  shadow.append(box);
  const expectPlain = () => {
    const { x, y, width } = box.getBoundingClientRect();
    for (const [told, expected] of [
      [x, 30],
      [y, 20],
      [width, 200],
    ] as const) {
      expect(told).toBeCloseTo(expected, 2);
    }
  };
  try {
    host.style.zoom = '3';
    expectPlain();
    root.style.zoom = '1.5';
    expect(box.getBoundingClientRect().width).toBeGreaterThan(400);
    fit(root.currentCSSZoom);
    expectPlain();
  } finally {
    root.style.zoom = '';
  }
});

describe('what the page does to a host', () => {
  test.each(['inert', 'aria-hidden', 'role'])('%s on it is taken back', async (attribute) => {
    const { host } = layer('card');
    host.setAttribute(attribute, 'none');
    await until('it is gone', () => !host.hasAttribute(attribute));
  });

  test.each([
    [
      'taken away',
      (host: HTMLElement) => {
        host.remove();
      },
    ],
    [
      'moved into something unseen',
      (host: HTMLElement) => {
        element('#hole').append(host);
      },
    ],
  ])('%s: back in its place three times, then reported, once', (_, spoil) => {
    show('<div id="hole" hidden></div>');
    const asked: string[] = [];
    answerMessages(({ type }) => {
      asked.push(type);
      return { ok: true, value: null };
    });
    const { host, stage, keep } = layer('card');
    for (let time = 0; time < 3; time += 1) {
      spoil(host);
      expect(keep()).toBe(true);
      expect(host.parentNode).toBe(document.documentElement);
      expect(stage.matches(':popover-open')).toBe(true);
    }
    expect(asked).toEqual([]);
    spoil(host);
    expect(keep()).toBe(false);
    expect(keep()).toBe(false);
    expect(asked).toEqual(['reportUnshown']);
  });

  test('once removed by us it stays away', () => {
    const { host, keep, remove } = layer('card');
    remove();
    expect(keep()).toBe(true);
    expect(host.isConnected).toBe(false);
  });

  test('custom properties of the page reach nothing, whatever their registration', () => {
    const made = createLayer(
      'card',
      '.stage { --own: 7px } b { position: fixed; width: var(--own) }',
    );
    layers.push(made);
    const inner = document.createElement('b');
    made.stage.append(inner);
    CSS.registerProperty({
      name: '--own',
      syntax: '<length>',
      inherits: false,
      initialValue: '1px',
    });
    document.documentElement.style.setProperty('--own', '2px', 'important');
    made.attach();
    made.host.style.setProperty('--own', '3px', 'important');
    expect(getComputedStyle(inner).width).toBe('7px');
    expect([...made.host.computedStyleMap().keys()].filter((name) => /^--\d/.test(name))).toEqual(
      [],
    );
    document.documentElement.removeAttribute('style');
  });

  test('events of its showing stay inside', () => {
    const heard: string[] = [];
    const hear = (event: Event) => {
      heard.push(event.type);
      event.preventDefault();
    };
    document.addEventListener('beforetoggle', hear, { capture: true });
    const { stage } = layer('card');
    document.removeEventListener('beforetoggle', hear, { capture: true });
    expect(heard).toEqual([]);
    expect(stage.matches(':popover-open')).toBe(true);
  });
});
