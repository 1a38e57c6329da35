/** The smallest page of each verdict, with the paragraph of the standard that says so. */
import { describe, expect, test } from 'vitest';

import { altNeedOf } from '../../../../src/content/alt-text/alt-need-of';
import { isSaidDecorative } from '../../../../src/content/alt-text/author-word';
import { element, pngOf, show } from '../../harness/page';

const BACKGROUND = `style="background-image: url(${pngOf(9, 9)}); width: 9px; height: 9px"`;

/** A paragraph, and its pages: what is judged has the id `x`. */
type Line = readonly [standard: string, ...pages: (readonly [html: string, verdict: string])[]];

const LINES: readonly Line[] = [
  [
    'HTML-AAM 1.0, 4.1.3: the default text of an image button is the browser’s, no author’s',
    ['<input id="x" type="image" aria-labelledby="gone">', 'missing no-button-purpose'],
    ['<input id="x" type="image">', 'missing no-button-purpose'],
    ['<input id="x" type="image" alt="Submit Query">', 'named alt'],
    ['<input id="x" type="IMAGE" aria-label="Find">', 'named aria-label'],
  ],
  [
    'WAI-ARIA 1.2, 8.1: of a list of roles the first that is known and not abstract',
    ['<img id="x" role="none presentation">', 'decorative presentation-role'],
    ['<img id="x" role="foo none">', 'decorative presentation-role'],
    ['<img id="x" role="widget  PRESENTATION img">', 'decorative presentation-role'],
    ['<div id="x" role="foo img"></div>', 'missing no-name'],
    ['<svg id="x" role="graphics-symbol img"></svg>', 'missing no-name'],
    ['<svg id="x" role="foo img"><title>A cat</title></svg>', 'named svg-title'],
    ['<div id="x" role="img none"></div>', 'missing no-name'],
    ['<img id="x" role="foo">', 'missing no-alt'],
  ],
  [
    'SVG-AAM 1.0, 5.1.2 and 8.1: parts with a name are told as what they are',
    ['<svg><image id="x" href="a.png" aria-label="A cat"/></svg>', 'named aria-label'],
    ['<svg><g id="x" role="img" aria-label="A cat"></g></svg>', 'named aria-label'],
    ['<svg><circle id="x" r="4"><title>A ball</title></circle></svg>', 'named svg-title'],
    [
      '<svg><a id="x" href="#" aria-label="To the ball"><circle r="4"/></a></svg>',
      'named aria-label',
    ],
    ['<svg><a id="x" href="#" xlink:title="To the ball"><circle r="4"/></a></svg>', 'named title'],
    ['<svg><g id="x" role="img"></g></svg>', 'missing no-name'],
    ['<svg id="x" tabindex="0"></svg>', 'missing no-name'],
    ['<svg id="x" tabindex="0" role="none"></svg>', 'missing no-name'],
    ['<svg id="x"></svg>', 'decorative not-exposed'],
    ['<svg role="img" aria-label="A zoo"><image id="x" href="a.png"/></svg>', 'named aria-label'],
  ],
  [
    'WCAG F89; WAI-ARIA 1.2, 5.2.8.6: what is in a control or heading, and leaves it without a name',
    ['<a href="#"><img id="x" alt=""></a>', 'missing empty-alt-in-control'],
    ['<button><img id="x" alt=""></button>', 'missing empty-alt-in-control'],
    ['<a href="#"><img id="x" role="presentation"></a>', 'missing no-link-purpose'],
    ['<a href="#"><img id="x" aria-hidden="true"></a>', 'missing no-link-purpose'],
    ['<a href="#"><svg id="x" width="9"></svg></a>', 'missing no-link-purpose'],
    [
      '<button><svg id="x" width="9" aria-hidden="true"></svg></button>',
      'missing no-button-purpose',
    ],
    [`<a id="x" href="#" ${BACKGROUND}></a>`, 'missing no-link-purpose'],
    [`<button><i id="x" ${BACKGROUND}></i></button>`, 'missing no-button-purpose'],
    ['<div role="menuitem" tabindex="0"><img id="x" alt=""></div>', 'missing empty-alt-in-control'],
    ['<div role="tab" tabindex="0"><svg id="x" width="9"></svg></div>', 'missing no-control-name'],
    ['<div role="checkbox" tabindex="0"><img id="x" role="none"></div>', 'missing no-control-name'],
    ['<h2><img id="x" alt=""></h2>', 'missing empty-alt-in-control'],
    ['<div role="heading"><svg id="x" width="9"></svg></div>', 'missing no-control-name'],
    ['<a href="#"><img id="x" alt=""><span hidden>Home</span></a>', 'missing empty-alt-in-control'],
    [
      '<a href="#"><img id="x" alt=""><b aria-hidden="TRUE">Home</b></a>',
      'missing empty-alt-in-control',
    ],
    ['<a href="#" aria-labelledby="gone"><img id="x" alt=""></a>', 'missing empty-alt-in-control'],
    ['<a href="#" role="doc-biblioref"><img id="x" alt=""></a>', 'missing empty-alt-in-control'],
    ['<a href="#" role="foo"><img id="x" alt=""></a>', 'missing empty-alt-in-control'],
    ['<a href="#" title="Home"><img id="x" alt=""></a>', 'decorative empty-alt'],
    ['<a href="#" aria-label="Home"><svg id="x"></svg></a>', 'decorative not-exposed'],
    ['<a href="#"><img id="x" alt=""><img alt="Home"></a>', 'decorative empty-alt'],
    ['<a href="#"><svg id="x"></svg><svg><title>Home</title></svg></a>', 'decorative not-exposed'],
    [
      '<p id="l" hidden>Home</p><a href="#" aria-labelledby="l"><img id="x" alt=""></a>',
      'decorative empty-alt',
    ],
    ['<div aria-hidden="true"><a href="#"><img id="x" alt=""></a></div>', 'decorative hidden'],
    ['<a href="#"><img id="x" alt="" style="display: none"></a>', 'decorative hidden'],
    ['<a><img id="x" alt=""></a>', 'decorative empty-alt'],
    [
      '<style>.t::before { content: "Home" }</style><a href="#" class="t"><img id="x" alt=""></a>',
      'decorative empty-alt',
    ],
  ],
  [
    'HTML-AAM 1.0, 4.1: a label names its control, also with no more than a picture in it',
    ['<label><input type="checkbox"><img id="x" alt=""></label>', 'missing empty-alt-in-control'],
    ['<label><input type="radio"><svg id="x" width="9"></svg></label>', 'missing no-control-name'],
    [
      '<input id="c" type="checkbox"><label for="c"><img id="x" alt=""></label>',
      'missing empty-alt-in-control',
    ],
    [`<label><input type="radio"><i id="x" ${BACKGROUND}></i></label>`, 'missing no-control-name'],
    ['<label><img id="x" alt=""><input></label>', 'missing empty-alt-in-control'],
    ['<label><img id="x" alt=""><select></select></label>', 'missing empty-alt-in-control'],
    ['<label><img id="x" alt=""><textarea></textarea></label>', 'missing empty-alt-in-control'],
    ['<label><input type="checkbox"><img id="x" alt=""> Dark</label>', 'decorative empty-alt'],
    ['<label><input type="radio"><img id="x" alt="A cat"></label>', 'named alt'],
    [
      '<label><input type="radio"><svg id="x"></svg><img alt="A cat"></label>',
      'decorative not-exposed',
    ],
    [
      '<input id="c" type="checkbox"><label for="c"><img id="x" alt=""></label><label for="c">Dark</label>',
      'decorative empty-alt',
    ],
    [
      '<label><input type="checkbox" aria-label="Dark"><img id="x" alt=""></label>',
      'decorative empty-alt',
    ],
    ['<label><input type="radio" title="Cat"><img id="x" alt=""></label>', 'decorative empty-alt'],
    ['<label><img id="x" alt=""><input placeholder="Search"></label>', 'decorative empty-alt'],
    ['<label><img id="x" alt=""><input type="submit"></label>', 'decorative empty-alt'],
    ['<label><input type="checkbox" hidden><img id="x" alt=""></label>', 'decorative empty-alt'],
    ['<label><img id="x" alt=""></label>', 'decorative empty-alt'],
    ['<label for="gone"><img id="x" alt=""></label>', 'decorative empty-alt'],
    ['<label><img id="x" alt=""><input type="hidden"></label>', 'decorative empty-alt'],
    [
      '<div aria-hidden="true"><label><input type="checkbox"><img id="x" alt=""></label></div>',
      'decorative hidden',
    ],
    [
      '<button id="b"><img id="x" alt=""></button><label for="b">Go</label>',
      'decorative empty-alt',
    ],
    [
      '<label for="b"><img id="x" alt=""></label><button id="b"></button>',
      'missing empty-alt-in-control',
    ],
  ],
  [
    'web-platform-tests, accname/comp_labelledby: the other spelling counts where the right one is not there',
    ['<b id="l">A cat</b><img id="x" alt="IMG_1.jpg" aria-labeledby="l">', 'named aria-labelledby'],
    [
      '<b id="l">A cat</b><div id="x" role="img" aria-labeledby="l"></div>',
      'named aria-labelledby',
    ],
    [
      '<b id="l">A cat</b><img id="x" alt="B" aria-labelledby="gone" aria-labeledby="l">',
      'named alt',
    ],
  ],
  [
    'HTML-AAM 1.0, img with an empty alt; WAI-ARIA 1.2, 7.4: focus, ARIA or a role expose it',
    ['<img id="x" alt="" tabindex="0">', 'missing empty-alt-exposed'],
    ['<img id="x" alt="" tabindex="-1">', 'missing empty-alt-exposed'],
    ['<img id="x" alt="" aria-live="polite">', 'missing empty-alt-exposed'],
    ['<img id="x" alt="" role="img">', 'missing empty-alt-exposed'],
    ['<img id="x" role="presentation" tabindex="0">', 'missing no-alt'],
    ['<img id="x" alt="" role="none">', 'decorative presentation-role'],
    ['<img id="x" alt="" aria-hidden="false">', 'decorative empty-alt'],
  ],
  [
    'WAI-ARIA 1.2, 6.6: aria-hidden, in any case of letters',
    ['<img id="x" aria-hidden="TRUE">', 'decorative hidden'],
    ['<p aria-hidden="True"><img id="x"></p>', 'decorative hidden'],
    ['<img id="x" aria-hidden="yes">', 'missing no-alt'],
  ],
  [
    'accname 1.2, 2B to 2E: a name by ARIA goes before a blank alt; empty references are none',
    ['<img id="x" alt=" " aria-label="A cat">', 'named aria-label'],
    ['<b id="l">A cat</b><img id="x" alt=" " aria-labelledby="l">', 'named aria-labelledby'],
    ['<img id="x" alt=" ">', 'missing blank-alt'],
    ['<b id="l"></b><img id="x" aria-labelledby="l" aria-label="A cat">', 'named aria-label'],
    ['<b id="l"></b><img id="x" aria-labelledby="l" alt="A cat">', 'named alt'],
    [
      '<b id="l"></b><div id="x" role="img" aria-labelledby="l" title="A cat"></div>',
      'named title',
    ],
    [
      '<div id="x" role="img" aria-labelledby="x" aria-label="A cat"></div>',
      'named aria-labelledby',
    ],
    [
      '<b id="l">A <i hidden>big</i> cat</b><img id="x" aria-labelledby="l">',
      'named aria-labelledby',
    ],
  ],
  [
    'CSS Generated Content 3, 2.2: alternative text of generated content',
    [`<div id="x" style='content: url(${pngOf(9, 9)}) / "A cat"'></div>`, 'named alt'],
    [
      `<style>.t::before { content: url(a.png) / "Home" }</style><a href="#" class="t"><img id="x" alt=""></a>`,
      'decorative empty-alt',
    ],
    [
      `<style>.t::before { content: "Home" / "" }</style><a href="#" class="t"><img id="x" alt=""></a>`,
      'missing empty-alt-in-control',
    ],
  ],
  [
    'WCAG H2, G94: what is heard twice; what is hidden is not heard',
    ['<p>Rex, our dog, sleeps. <img id="x" alt="Rex, our dog"></p>', 'weak repeats-text'],
    ['<ul><li><img id="x" alt="Bread">Bread</li></ul>', 'weak repeats-text'],
    [
      '<table><tbody><tr><td>Paid <img id="x" alt="paid"></td></tr></tbody></table>',
      'weak repeats-text',
    ],
    ['<p>Tom plays. <img id="x" alt="Tom"></p>', 'named alt'],
    ['<p><span aria-hidden="true">Bread</span><img id="x" alt="Bread"></p>', 'named alt'],
    ['<p><span style="display: none">Bread</span><img id="x" alt="Bread"></p>', 'named alt'],
    [
      '<figure><img id="x" alt="Bread"><figcaption><b hidden>Bread</b></figcaption></figure>',
      'named alt',
    ],
    ['<a href="#"><img id="x" alt="Bread"><b hidden>Bread</b></a>', 'named alt'],
    [
      '<div><a href="/b"><img id="x" alt="Bread"></a> <a href="/b">Bread</a></div>',
      'weak repeats-link',
    ],
    ['<div><a href="/b"><img id="x" alt="Bread"></a> <a href="/c">Bread</a></div>', 'named alt'],
    ['<img id="x" alt="Bread" title="bread">', 'weak repeats-title'],
    ['<img id="x" alt="Bread" title="Baked in the morning">', 'named alt'],
  ],
  [
    'HTML-AAM 1.0, area: named where it leads somewhere',
    [
      '<map name="m"><area id="x" href="#"></map><img usemap="#m" alt="A map">',
      'missing no-link-purpose',
    ],
    [
      '<map name="m"><area id="x" href="#" alt="Spain"></map><img usemap="#m" alt="A map">',
      'named alt',
    ],
    ['<map name="m"><area id="x"></map><img usemap="#m" alt="A map">', 'decorative not-exposed'],
  ],
];

const wordOf = (html: string): string => {
  show(html);
  const { need, rule } = altNeedOf(element('#x'));
  return `${String(need)} ${String(rule)}`;
};

describe.each(LINES.map(([standard, ...pages]) => ({ standard, pages })))(
  '$standard',
  ({ pages }) => {
    test.each(pages)('%s', (html, expected) => {
      expect(wordOf(html)).toBe(expected);
      const isDecorative = expected.startsWith('decorative') && !expected.endsWith('not-exposed');
      const isByStyle = html.includes('display: none');
      // Labelling goes by the same rule.
      if (!isByStyle) expect(isSaidDecorative(element('#x'))).toBe(isDecorative);
    });
  },
);

describe('an object that failed is what it holds instead. HTML, 4.8.7', () => {
  test('its fallback is judged', async () => {
    show(
      `<object id="x" data="nothing-here.png" type="image/png"><img id="y" src="a.png"></object>
       <object id="z" data="${pngOf(9, 9)}" type="image/png"><img id="w" src="a.png"></object>`,
    );
    await expect.poll(() => element('#y').checkVisibility()).toBe(true);
    await expect.poll(() => element('#w').checkVisibility()).toBe(false);
    const needs = ['#x', '#y', '#z', '#w'].map((id) => altNeedOf(element(id)).rule);
    expect(needs).toEqual(['not-exposed', 'no-alt', 'no-name', 'hidden']);
  });
});
