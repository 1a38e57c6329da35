/** What runs in a suite's page: our verdicts of its elements. */
import { altNeedOf } from '../../src/content/alt-text/alt-need-of';
import { speakerOf } from '../../src/content/alt-text/author-word';
import { nameOf } from '../../src/content/alt-text/name-of';
import { picturesOf } from '../../src/content/find/picture';
import { lend } from '../../src/content/lent';

/** Our verdict of one element. */
export interface Verdict {
  html: string;
  need: string;
  rule: string;
  name: string;
}

// Verdicts ask for nothing more of what labels pages.
lend({
  picturesOf,
  shownPicture: () => null,
  readDecoded: () => Promise.reject(new Error('Nothing reads pixels here.')),
});

const chromeDom = (globalThis as { chrome?: { dom?: unknown } }).chrome?.dom;
if (chromeDom === undefined) {
  const dom = { openOrClosedShadowRoot: (element: Element) => element.shadowRoot };
  Object.assign(globalThis, { chrome: { dom } });
}

Object.assign(globalThis, {
  altLensVerdicts: (selector: string): Verdict[] =>
    [...document.querySelectorAll(selector)].map((element) => {
      const { need, rule, name } = altNeedOf(element);
      return {
        html: element.outerHTML.replaceAll(/\s+/gu, ' ').slice(0, 120),
        ...{
          need: String(need),
          rule: String(rule),
          name: name || nameOf(speakerOf(element)).name,
        },
      };
    }),
});
