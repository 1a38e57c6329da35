import { expect, test } from 'vitest';

import { selectorOf } from '../../../../src/content/report/selector';
import { closedRoot, element, show } from '../../harness/page';

test('an id alone, if it is the only one', () => {
  show('<img id="a:b"><p id="twice"><img class="x"></p><p id="twice"></p>');
  expect(selectorOf(element('img'))).toBe('#a\\:b');
  expect(selectorOf(element('.x'))).not.toContain('#twice');
});

test('steps from the nearest id, counted among elements of one name', () => {
  show('<main id="m"><div><b></b><img><i></i><img class="x"></div></main>');
  expect(selectorOf(element('.x'))).toBe('#m > div > img:nth-of-type(2)');
});

test('every element of a page is found again, in its own root', () => {
  show(
    `<ul>${'<li><a><img></a><img></li>'.repeat(3)}</ul><x-1.2><img></x-1.2><svg><image/><image/></svg>
     <div id="host"></div>`,
  );
  const root = closedRoot(element('#host'), '<p><img></p><p><img></p>');
  for (const scope of [document, root]) {
    for (const each of scope.querySelectorAll('img, svg, image')) {
      expect([...scope.querySelectorAll(selectorOf(each))]).toEqual([each]);
    }
  }
});
