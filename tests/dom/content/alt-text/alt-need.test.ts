/** Where a text is needed: every fixture element's need and rule, and axe-core's verdict in the same page. */
import axe from 'axe-core';
import { afterAll, describe, expect, test } from 'vitest';

import { altNeedOf } from '../../../../src/content/alt-text/alt-need-of';
import { isSaidDecorative } from '../../../../src/content/alt-text/author-word';
import { createNamesakes } from '../../../../src/content/alt-text/namesakes';
import { createAltFactsReader } from '../../../../src/content/alt-text/read-alt-facts';
import { learnWords } from '../../../../src/core/alt-text/vocabulary';
import { weakWords } from '../../../../src/core/alt-text/weak-words/all';
import axeRules from '../../../fixtures/alt-text/axe-rules.html?raw';
import techniques from '../../../fixtures/alt-text/techniques.html?raw';

learnWords(Object.values(weakWords));

/** axe's rules for images, and the one for the areas of image maps. */
const AXE_RULES = ['image-alt', 'input-image-alt', 'svg-img-alt', 'role-img-alt', 'area-alt'];
const MIN_ELEMENTS = 150;
/** Where axe says otherwise, and why the standards are followed. */
const AXE_EXCEPTIONS: Record<string, string> = {
  'missing empty-alt-in-control':
    'axe looks at the image alone; its link-name and button-name ask the control',
  'missing empty-alt-exposed':
    'image-alt passes whatever has an alt; HTML-AAM: focus or ARIA expose it',
  'named aria-label, axe missing':
    'alt-space-value goes before aria-label; accname 2D comes before 2E',
};

interface Verdict {
  html: string;
  expected: string;
  ours: string;
  /** Labelling leaves it alone for the author's word. */
  isLeftAlone: boolean;
  /** Null where none of axe's rules is about the element. */
  axe: 'missing' | 'decorative' | 'named' | null;
}

/** Shows a whole document in the place of this one's head and body, language included. */
function open(html: string): void {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  document.documentElement.lang = parsed.documentElement.lang;
  document.title = parsed.title;
  const styles = [...parsed.head.querySelectorAll('style')].map(({ outerHTML }) => outerHTML);
  document.body.setHTMLUnsafe(styles.join('') + parsed.body.innerHTML);
}

/** What axe says of each element. @throws where axe is not sure */
async function axeVerdicts(elements: readonly Element[]): Promise<Verdict['axe'][]> {
  const results = await axe.run(document, {
    runOnly: AXE_RULES,
    elementRef: true,
    resultTypes: ['violations', 'passes', 'incomplete'],
  });
  if (results.incomplete.length > 0) throw new Error('axe is not sure.');
  const violations = new Set(
    results.violations.flatMap(({ nodes }) => nodes.map((node) => node.element)),
  );
  const passed = new Map(
    results.passes.flatMap(({ nodes }) =>
      nodes.map((node) => [node.element, node.any.map(({ id }) => id)]),
    ),
  );
  axe.setup(document.documentElement);
  const { isVisibleToScreenReaders } = (
    axe.commons as unknown as { dom: { isVisibleToScreenReaders: (node: Element) => boolean } }
  ).dom;
  const verdicts = elements.map((element): Verdict['axe'] => {
    if (violations.has(element as HTMLElement)) return 'missing';
    if (!isVisibleToScreenReaders(element)) return 'decorative';
    const checks = passed.get(element as HTMLElement);
    if (checks === undefined) return null;
    // That `alt` is there is all that can be said for an empty one.
    const isEmpty = element.getAttribute('alt') === '' && checks.join(' ') === 'has-alt';
    return isEmpty || checks.includes('presentational-role') ? 'decorative' : 'named';
  });
  axe.teardown();
  return verdicts;
}

async function judge(): Promise<Verdict[]> {
  const elements = [...document.querySelectorAll('[data-expect]')];
  const theirs = await axeVerdicts(elements);
  const namesakes = createNamesakes();
  elements.forEach(namesakes.add);
  const read = createAltFactsReader(namesakes);
  return elements.map((element, index) => {
    const { need, rule } = altNeedOf(element, read);
    return {
      html: element.outerHTML.slice(0, 160),
      expected: element.getAttribute('data-expect') ?? '',
      ours: `${need} ${rule}`,
      isLeftAlone: isSaidDecorative(element),
      axe: theirs[index] ?? null,
    };
  });
}

describe('on the fixture pages', () => {
  const verdicts: Verdict[] = [];

  test.each([
    ['techniques', techniques],
    ['axe-rules', axeRules],
  ])('%s: each element has its need and rule', async (_, html) => {
    open(html);
    const found = await judge();
    expect(found.length).toBeGreaterThan(50);
    verdicts.push(...found);
    expect(found.filter(({ expected, ours }) => expected !== ours)).toEqual([]);
  });

  test('labelling leaves alone what the report calls decorative by the same word', () => {
    // What is hidden or no image for listeners may be one for eyes: other rules speak of that.
    const bySight = ['decorative hidden', 'decorative not-exposed'];
    const judged = verdicts.filter(({ ours }) => !bySight.includes(ours));
    expect(judged.length).toBeGreaterThan(100);
    const isDecorative = ({ ours }: Verdict) => ours.startsWith('decorative ');
    expect(judged.filter((one) => one.isLeftAlone !== isDecorative(one))).toEqual([]);
  });

  test('axe-core agrees on every element', () => {
    expect(verdicts.length).toBeGreaterThanOrEqual(MIN_ELEMENTS);
    const judged = verdicts.filter((verdict) => verdict.axe !== null);
    const disagreements = verdicts.filter(({ ours, axe: theirs }) => {
      const [need] = ours.split(' ');
      if (ours in AXE_EXCEPTIONS || `${ours}, axe ${theirs ?? 'silent'}` in AXE_EXCEPTIONS)
        return false;
      // Where no rule of axe's looks, it does not miss anything.
      if (theirs === null) return need === 'missing';
      return (need === 'weak' ? 'named' : need) !== theirs;
    });
    console.log(
      `${verdicts.length} elements, ${disagreements.length} disagreements ` +
        `(axe-core judges ${judged.length} of them)`,
    );
    expect(judged.length).toBeGreaterThanOrEqual(MIN_ELEMENTS);
    expect(disagreements).toEqual([]);
  });
});

test('behind a modal dialog nothing needs a text', async () => {
  open(`<img src="a.png" data-expect="decorative hidden">
    <dialog><p>Words <img src="b.png" data-expect="missing no-alt"></p></dialog>`);
  document.querySelector('dialog')?.showModal();
  const found = await judge();
  expect(found).toHaveLength(2);
  expect(found.map(({ ours }) => ours)).toEqual(found.map(({ expected }) => expected));
  expect(found.map((verdict) => verdict.axe)).toEqual(['decorative', 'missing']);
});

afterAll(() => {
  document.title = '';
});

test.each([
  ['role="presentation"', 'decorative presentation-role'],
  ['role=" None "', 'decorative presentation-role'],
  ['role="presentation" tabindex="0"', 'missing no-alt'],
  ['role="presentation" aria-label="A cat"', 'named aria-label'],
  ['alt=""', 'decorative empty-alt'],
  ['alt="" aria-label=" "', 'decorative empty-alt'],
  ['alt="" aria-labelledby="nothing"', 'decorative empty-alt'],
  ['alt="" aria-labelledby="words"', 'named aria-labelledby'],
  ['alt="" title="A cat"', 'decorative empty-alt'],
  ['alt="" title="A cat" tabindex="0"', 'named title'],
])('the report and labelling are of one mind: <img %s>', (attributes, expected) => {
  open(`<p id="words">The cat</p><img src="a.png" id="x" width="9" height="9" ${attributes}>`);
  const image = document.querySelector('#x');
  if (image === null) throw new Error('No image.');
  const { need, rule } = altNeedOf(image);
  expect(`${need} ${rule}`).toBe(expected);
  expect(isSaidDecorative(image)).toBe(expected.startsWith('decorative'));
});
