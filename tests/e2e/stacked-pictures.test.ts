/** Pictures one upon the other: labels and right-clicks are about the one that is seen. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, type ExtensionSession, type Site } from './harness';
import { watchLabels, type Label, type LabelReader } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf } from './support/labelled-pages';

const PHOTOS = [0, 1, 3, 5, 6];
const SIZE = 'width="300" height="225"';

let session: ExtensionSession;
let site: Site;
/** What is said of each photo. */
const names = new Map<number, string>();
let pages = 0;

async function open(body: string): Promise<{ page: Page; labels: LabelReader }> {
  pages += 1;
  const path = `/stacked-${pages}.html`;
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Stacked</title><link rel="icon" href="data:,"><body style="margin:20px">${body}`,
  });
  const page = await session.openPage(site.origin + path);
  const labels = await watchLabels(page, session);
  await session.ask('labelPage', { tabId: await tabIdOf(session, page) });
  return { page, labels };
}

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(7) });
  session = await openSession({ hostPermissions: ALL_HOSTS });
  // A text that is written later would be an event of its own.
  await session.ask('setSettings', { settings: { listenerMode: 'off' } });
  const { page, labels } = await open(
    PHOTOS.map((index) => `<img width="200" height="150" src="/photos/${index}.jpg">`).join(' '),
  );
  const all = await labels.until('all are named', ({ length }) => length === PHOTOS.length);
  const places = await page.$$eval('img', (images) =>
    images.map((image) => {
      const { x, y } = image.getBoundingClientRect();
      return { x, y };
    }),
  );
  for (const [place, { x, y }] of places.entries()) {
    const label = all.find(({ box }) => Math.hypot(box.x - x, box.y - y) < 20);
    names.set(PHOTOS[place] ?? 0, label?.text ?? '');
  }
  expect(new Set(names.values()).size).toBe(PHOTOS.length);
  await page.close();
});

/** Nothing but these labels is drawn. */
async function untilOnly(labels: LabelReader, ...indexes: number[]): Promise<void> {
  const wanted = indexes.map((index) => names.get(index)).sort();
  await labels.until(
    `only ${wanted.join()}`,
    (shown) => JSON.stringify(shown.map(({ text }) => text).sort()) === JSON.stringify(wanted),
  );
}

/** What a right-click in the middle of an element names. */
async function clicked(page: Page, selector: string): Promise<string | undefined> {
  const { result } = await session.describe(page, selector);
  await page.keyboard.press('Escape');
  if (!result.ok) return result.error.code;
  return result.prediction.hint?.label;
}

const slides = (active: number) =>
  [0, 1, 3]
    .map(
      (index) =>
        `<img ${SIZE} src="/photos/${index}.jpg" class="${index === active ? 'active' : ''}">`,
    )
    .join('');

async function activate(page: Page, place: number): Promise<void> {
  await page.$$eval(
    '.stage img',
    (images, active) => {
      for (const [at, image] of images.entries()) image.classList.toggle('active', at === active);
    },
    place,
  );
}

test('slides that fade: the topmost of them is not seen', async () => {
  const { page, labels } = await open(
    `<style>.stage{position:relative;width:300px;height:225px}.stage img{position:absolute;inset:0;opacity:0;transition:opacity .6s}.stage img.active{opacity:1}</style><div class="stage">${slides(0)}</div>`,
  );
  await untilOnly(labels, 0);
  expect(await clicked(page, '.stage')).toBe(names.get(0));
  await activate(page, 1);
  await untilOnly(labels, 1);
  expect(await clicked(page, '.stage')).toBe(names.get(1));
  await page.close();
});

test('slides that no hit meets: a number tells which is on top', async () => {
  const { page, labels } = await open(
    `<style>.stage{position:relative;width:300px;height:225px;touch-action:pan-y}.stage img{position:absolute;inset:0;z-index:1;pointer-events:none}.stage img.active{z-index:2}</style><div class="stage">${slides(1)}</div>`,
  );
  await untilOnly(labels, 1);
  expect(await clicked(page, '.stage')).toBe(names.get(1));
  await activate(page, 2);
  await untilOnly(labels, 3);
  expect(await clicked(page, '.stage')).toBe(names.get(3));
  await activate(page, 0);
  await untilOnly(labels, 0);
  expect(await clicked(page, '.stage')).toBe(names.get(0));
  await page.close();
});

test('an editor with a transparent canvas for handles over the one with the photo', async () => {
  const { page, labels } = await open(
    `<div id="box" style="position:relative;width:300px;height:225px"><canvas id="lower" ${SIZE} style="position:absolute;left:0;top:0"></canvas><canvas id="upper" ${SIZE} style="position:absolute;left:0;top:0"></canvas></div><script>
      const image = new Image();
      image.src = '/photos/0.jpg';
      image.onload = () => document.querySelector('#lower').getContext('2d').drawImage(image, 0, 0, 300, 225);
      const upper = document.querySelector('#upper').getContext('2d');
      upper.strokeStyle = upper.fillStyle = '#39f';
      upper.strokeRect(60, 50, 120, 90);
      for (const [x, y] of [[60, 50], [180, 50], [60, 140], [180, 140]]) upper.fillRect(x - 5, y - 5, 10, 10);
    </script>`,
  );
  await untilOnly(labels, 0);
  expect(await clicked(page, '#box')).toBe(names.get(0));
  // Nothing is selected any more.
  await page.evaluate('upper.clearRect(0, 0, 300, 225)');
  expect(await clicked(page, '#box')).toBe(names.get(0));
  await page.close();
});

test('a cover flow: a label keeps to the part of its picture that is seen', async () => {
  const { page, labels } = await open(
    `<style>.stage{position:relative;height:400px;width:900px;perspective:900px}.stage div{transform-style:preserve-3d;position:absolute;inset:0}.stage img{position:absolute;left:300px;top:80px;transition:transform .5s;transform:translateX(calc(var(--p) * 110px)) translateZ(calc(max(var(--p), -1 * var(--p)) * -120px)) rotateY(calc(clamp(-1, var(--p), 1) * -50deg))}</style><div class="stage"><div>${[3, 5, 0, 1, 6].map((index, at) => `<img ${SIZE} id="p${index}" src="/photos/${index}.jpg" style="--p:${at - 2}">`).join('')}</div></div>`,
  );
  /** The photos at both ends of each label, and what it says. */
  const under = (shown: Label[]) =>
    page.evaluate(
      (rows) =>
        rows.map(([left = 0, right = 0, y = 0]) =>
          [left, right].map(
            (x) => document.elementsFromPoint(x, y).find(({ id }) => id.startsWith('p'))?.id,
          ),
        ),
      shown.map(({ box }) => [box.x + 4, box.x + box.width - 4, box.y + box.height / 2]),
    );
  const untilEachOnItsOwn = async (front: number) => {
    for (let tries = 0; ; tries += 1) {
      const shown = await labels.until('the front one is named', (all) =>
        all.some(({ text }) => text === names.get(front)),
      );
      const photos = await under(shown);
      const isRight = shown.every(({ text }, at) =>
        photos[at]?.every((id) => id !== undefined && names.get(Number(id.slice(1))) === text),
      );
      if (isRight) return;
      if (tries > 100) throw new Error(JSON.stringify([shown, photos]));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await untilEachOnItsOwn(0);
  await page.$$eval('img', (images) => {
    for (const { style } of images) {
      style.setProperty('--p', String(Number(style.getPropertyValue('--p')) - 1));
    }
  });
  await untilEachOnItsOwn(1);
  await page.close();
});

test('a label shrinks beside what is put over its picture, and grows again', async () => {
  const { page, labels } = await open(
    `<div style="position:relative"><img ${SIZE} src="/photos/5.jpg" style="display:block"><div id="over" style="position:absolute;left:90px;top:-10px;width:400px;height:260px;background:#fff" hidden></div></div>`,
  );
  const [whole] = await labels.until('it is named', ([label]) => label?.text === names.get(5));
  const width = whole?.box.width ?? 0;
  expect(width).toBeGreaterThan(84);
  await page.evaluate("document.querySelector('#over').hidden = false");
  await labels.until('it ends before it', ([label]) => {
    if (label === undefined) return false;
    return label.box.x + label.box.width <= 110 && label.box.width >= 48;
  });
  await page.evaluate("document.querySelector('#over').style.left = '50px'");
  await labels.until('no word has room', ({ length }) => length === 0);
  await page.evaluate("document.querySelector('#over').hidden = true");
  await labels.until('it is whole again', ([label]) => label?.box.width === width);
  await page.close();
});

test('a label gives way to what begins in its lower half', async () => {
  const { page, labels } = await open(
    `<img ${SIZE} style="display:block" src="/photos/0.jpg"><img id="over" ${SIZE} style="position:absolute;left:20px;top:42px;pointer-events:none" src="/photos/1.jpg">`,
  );
  await untilOnly(labels, 1);
  await page.$eval('#over', (image) => {
    (image as HTMLElement).style.top = '300px';
  });
  await untilOnly(labels, 0, 1);
  await page.close();
});
