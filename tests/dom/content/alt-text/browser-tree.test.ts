/** Generated elements: our names and exposure beside those of the browser's accessibility tree. */
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';

import { altNeedOf } from '../../../../src/content/alt-text/alt-need-of';
import { nameOf } from '../../../../src/content/alt-text/name-of';
import { readAltFacts } from '../../../../src/content/alt-text/read-alt-facts';
import { element, show } from '../../harness/page';
import type { TreeNode } from '../../harness/tree-commands';

const ELEMENTS = 2000;
const SEED = 20261128;

/** Mulberry32: the same elements on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

function generate(random: () => number): string[] {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const mostly = (from: readonly string[]): string => (random() < 0.6 ? '' : pick(from));
  return Array.from({ length: ELEMENTS }, (_, place) => {
    const alt = pick(['', 'alt', 'alt=" "', 'alt="A cat"', 'alt="A  tabby\n cat"']);
    const attributes = [
      `id="e${place}"`,
      mostly(['aria-label="A dog"', 'aria-label=""', 'aria-label=" "']),
      mostly([
        'aria-labelledby="w1"',
        'aria-labelledby="w0"',
        'aria-labelledby="gone w2"',
        'aria-labelledby="w3 w1"',
      ]),
      mostly(['title="A tip"', 'title=""']),
      mostly([
        'role="img"',
        'role="none"',
        'role="presentation img"',
        'role="foo img"',
        'role="foo"',
        'role="button"',
      ]),
      mostly(['tabindex="0"', 'tabindex="-1"', 'tabindex="x"']),
      mostly([
        'aria-hidden="true"',
        'aria-hidden="TRUE"',
        'aria-hidden="false"',
        'hidden',
        'aria-live="polite"',
        'style="visibility: hidden"',
      ]),
    ].join(' ');
    const inside = mostly([
      '<title>A ball</title>',
      '<title></title>',
      '<g><title>Deep</title></g>',
    ]);
    const made = [
      `<img src="${PIXEL}" width="9" height="9" ${alt} ${attributes}>`,
      `<img src="${PIXEL}" width="9" height="9" ${alt} ${attributes}>`,
      `<input type="image" ${alt} ${attributes}>`,
      `<svg width="9" height="9" ${attributes}>${inside}<circle r="4"/></svg>`,
      `<span ${attributes}>${mostly(['x', '<b>y</b>'])}</span>`,
    ];
    const within = pick(['p', 'p', 'p', 'div', 'p aria-hidden="true"']);
    return `<${within}>${pick(made)}</${within.split(' ')[0] ?? ''}>`;
  });
}

const WORDS =
  '<p id="w0"></p><p id="w1">A fox</p><p id="w2" hidden>A hidden <i>hare</i></p><p id="w3">The <b style="display:none">old </b>owl</p>';

interface Heard {
  isExposed: boolean;
  name: string;
}

interface Compared {
  of: Element;
  html: string;
  ours: Heard;
  theirs: Heard;
}

const EMPTY_GLOBAL = /aria-(?:label|labelledby)="(?: |gone|)"/u;

/** Where the browser differs, and why the standard is followed. One that meets nothing is to go. */
const EXCEPTIONS: Record<string, (one: Compared) => boolean> = {
  'Chromium counts an ARIA attribute without a value as one; WAI-ARIA 1.2, 8.5: it is as if not there':
    ({ html, ours, theirs }) => EMPTY_GLOBAL.test(html) && !ours.isExposed && theirs.isExposed,
  'Chromium counts aria-hidden="false"; WAI-ARIA 1.2, 6.6: it is as undefined': ({
    html,
    ours,
    theirs,
  }) => html.includes('aria-hidden="false"') && !ours.isExposed && theirs.name === '',
  'Chromium exposes an empty alt beside a tooltip, without a name; HTML-AAM 1.0: role none': ({
    of,
    ours,
    theirs,
  }) =>
    of.getAttribute('alt') === '' &&
    of.hasAttribute('title') &&
    !ours.isExposed &&
    theirs.name === '',
  'Chromium exposes every svg; SVG-AAM 1.0, 5.1.2: only what has a role, a name or focus': ({
    of,
    ours,
    theirs,
  }) => of instanceof SVGElement && !ours.isExposed && theirs.name === '',
  'Chromium tells the parts of a drawing alone; here the drawing that holds them is named by them':
    ({ of, ours, theirs }) =>
      of instanceof SVGElement && ours.name === 'Deep' && theirs.name === '',
  'Chromium’s own text of an image button; HTML-AAM 1.0, 4.1.3: a default, no author’s name': ({
    of,
    ours,
    theirs,
  }) => of instanceof HTMLInputElement && ours.name === '' && theirs.name === 'Submit',
  'Chromium stops at an alt without words; HTML-AAM 1.0, 4.1.8: title is next': ({
    of,
    ours,
    theirs,
  }) => /^\s*$/u.test(of.getAttribute('alt') ?? 'x') && ours.name === 'A tip' && theirs.name === '',
};

/** Ours: is it heard as an image, or as the button that its role makes it, and by which name? */
function heardByUs(of: Element): Heard {
  const { role } = readAltFacts(of);
  const { need } = altNeedOf(of);
  const isImage = of instanceof HTMLSpanElement ? /^(?:img|image)$/u.test(role) : true;
  const isExposed = isImage && need !== 'decorative' && need !== null;
  return { isExposed, name: isExposed ? nameOf(of).name : '' };
}

function heardByBrowser(of: Element, node: TreeNode | undefined): Heard {
  const silent = { isExposed: false, name: '' };
  if (node === undefined || node.isIgnored || /^(?:generic|none)$/u.test(node.role)) return silent;
  if (of instanceof HTMLSpanElement && node.role !== 'image') return silent;
  const name = node.name.trim();
  // An svg with something in it is a mere container, unless it is named.
  return node.role === 'SvgRoot' && name === '' ? silent : { isExposed: true, name };
}

// A machine that does much else takes its time.
test(`${ELEMENTS} elements`, { timeout: 120_000 }, async () => {
  const pages = generate(createRandom(SEED));
  show(WORDS + pages.join('\n'));
  const tree = new Map((await commands.accessibilityTree()).map((node) => [node.id, node]));
  expect(tree.size).toBeGreaterThan(ELEMENTS / 2);
  const differing: Compared[] = [];
  for (let place = 0; place < ELEMENTS; place += 1) {
    const of = element(`#e${place}`);
    const one: Compared = {
      ...{ of, html: of.outerHTML.replace(PIXEL, 'a.gif').replaceAll(/\s+/gu, ' ') },
      ...{ ours: heardByUs(of), theirs: heardByBrowser(of, tree.get(`e${place}`)) },
    };
    const { ours, theirs } = one;
    if (ours.isExposed !== theirs.isExposed || ours.name !== theirs.name) differing.push(one);
  }
  const met = new Map(Object.keys(EXCEPTIONS).map((reason) => [reason, 0]));
  const unnamed = differing.filter((one) => {
    const reason = Object.keys(EXCEPTIONS).find((each) => EXCEPTIONS[each]?.(one));
    if (reason !== undefined) met.set(reason, (met.get(reason) ?? 0) + 1);
    return reason === undefined;
  });
  console.log(
    [`${ELEMENTS} elements, ${ELEMENTS - differing.length} as in the browser's tree`, ...met].join(
      '\n',
    ),
  );
  expect(unnamed.map(({ html, ours, theirs }) => ({ html, ours, theirs }))).toEqual([]);
  expect([...met].filter(([, times]) => times === 0)).toEqual([]);
});
