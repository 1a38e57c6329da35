/** What a page changes without an event or a child that comes or goes: labels follow all the same. */
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, type ExtensionSession, type Site } from './harness';
import { watchLabels, type Label } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf } from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;
let names: Record<string, string>;
let pages = 0;

const HEAD =
  '<!doctype html><html lang="en"><title>Unannounced</title><link rel="icon" href="data:,"><style>body{margin:20px}img{display:block}.box{width:300px;height:200px;background:center/cover}</style>';
const photo = (index: number, rest = '') =>
  `<img class="seen" width="200" height="150" alt="One" src="/photos/${index}.jpg" ${rest}>`;
const shows = (selector: string, index: number) =>
  `${selector}{background-image:url(/photos/${index}.jpg)}`;

async function open(body: string) {
  pages += 1;
  const path = `/unannounced-${pages}.html`;
  site.set(path, { body: `${HEAD}<body>${body}` });
  const page = await session.openPage(site.origin + path);
  const labels = await watchLabels(page, session);
  await session.ask('labelPage', { tabId: await tabIdOf(session, page) });
  return { page, labels };
}

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(2) });
  session = await openSession({ hostPermissions: ALL_HOSTS });
  // A text that is written later would be an event of its own.
  await session.ask('setSettings', { settings: { listenerMode: 'off' } });
  const { page, labels } = await open(photo(0) + photo(1));
  const both = await labels.until('both are labelled', ({ length }) => length === 2);
  const [first, second] = both.toSorted((a, b) => a.box.y - b.box.y).map(({ text }) => text);
  names = { '0': first ?? '', '1': second ?? '' };
  expect(names[0]).not.toBe(names[1]);
  await page.close();
});

interface Change {
  what: string;
  body: string;
  /** Run in the page, where it shows photo 0. */
  change: string;
  /** What is seen afterwards. */
  then?: 0 | 1;
}

const CHANGES: Change[] = [
  {
    what: 'a theme by an attribute',
    body: `<style>${shows('.box', 0)}${shows('[data-theme=dark] .box', 1)}</style><div class="box seen"></div>`,
    change: `document.documentElement.dataset.theme = 'dark'`,
    then: 1,
  },
  {
    what: 'a sheet that is adopted',
    body: `<style>${shows('.box', 0)}</style><div class="box seen"></div>`,
    change: `const sheet = new CSSStyleSheet(); sheet.replaceSync('${shows('.box.box', 1)}'); document.adoptedStyleSheets = [sheet]`,
    then: 1,
  },
  {
    what: 'a radio button that a script checks',
    body: `<style>.stack img{position:absolute;visibility:hidden}body:has(#a:checked) img:first-child,body:has(#b:checked) img:last-child{visibility:visible}</style><input type="radio" name="r" id="a" checked><input type="radio" name="r" id="b"><div class="stack">${photo(0)}${photo(1)}</div>`,
    change: `document.querySelector('#b').checked = true`,
    then: 1,
  },
  {
    what: 'an animation by a script',
    body: photo(0),
    change: `document.querySelector('img').animate([{ translate: 'none' }, { translate: '400px' }], { duration: 400, fill: 'forwards' })`,
  },
  {
    what: 'a text that grows',
    body: `<p style="width:300px">Short</p>${photo(0)}`,
    change: `document.querySelector('p').firstChild.data = 'Long text '.repeat(60)`,
  },
  {
    what: 'a scroll that the page keeps from others',
    body: `<script>addEventListener('scroll', (event) => event.stopImmediatePropagation(), true)</script><div id="scroller" style="height:400px;overflow:auto"><p style="height:100px"></p>${photo(0)}<p style="height:900px"></p></div>`,
    change: `document.querySelector('#scroller').scrollTop = 60`,
  },
  {
    what: 'a rule that is written into a sheet',
    body: `<style id="sheet">.seen{margin-left:0}</style>${photo(0)}`,
    change: `document.querySelector('#sheet').sheet.cssRules[0].style.marginLeft = '300px'`,
  },
];

/** Is the one label the name of this photo, in the corner of where it is seen? */
function isAt(labels: Label[], index: number, { x, y }: { x: number; y: number }): boolean {
  const [label, ...others] = labels;
  if (label === undefined || others.length > 0) return false;
  const { text, box } = label;
  return text === names[index] && Math.abs(box.x - x - 6) < 4 && Math.abs(box.y - y - 6) < 4;
}

test.each(CHANGES)('$what', async ({ body, change, then = 0 }) => {
  const { page, labels } = await open(body);
  const place = () =>
    page.evaluate(() => {
      const [seen] = [...document.querySelectorAll('.seen')].filter((one) =>
        one.checkVisibility({ visibilityProperty: true }),
      );
      const { x = NaN, y = NaN } = seen?.getBoundingClientRect() ?? {};
      return { x, y };
    });
  const before = await place();
  await labels.until('the label is there', (shown) => isAt(shown, 0, before));
  // Measuring has come to rest: what moves from now on is not met by chance.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await page.evaluate(`{ ${change} }`);
  await page.evaluate(
    'Promise.all(document.getAnimations().map((one) => one.finished)).then(() => 0)',
  );
  const after = await place();
  if (then === 0) expect(after).not.toEqual(before);
  await labels.until('the label has followed', (shown) => isAt(shown, then, after));
  await page.close();
});

test('frames that come later, or go to another page, where this page alone is labelled', async () => {
  for (const index of [0, 1]) site.set(`/late-${index}.html`, { body: HEAD + photo(index) });
  const { page, labels } = await open('<p>No picture</p>');
  const untilNamed = (index: number) =>
    labels.until('the frame has its label', ([label, ...others]) => {
      if (label === undefined || others.length > 0) return false;
      return label.frame.endsWith(`/late-${index}.html`) && label.text === names[index];
    });
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.width = '400';
    frame.height = '300';
    frame.src = '/late-0.html';
    document.body.append(frame);
  });
  await untilNamed(0);
  await page.evaluate(() => {
    const frame = document.querySelector('iframe');
    if (frame !== null) frame.src = '/late-1.html';
  });
  await untilNamed(1);
  await page.close();
});
