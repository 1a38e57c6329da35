/** Where a label comes from: over the picture, in our own layer, and in words. */
import { afterEach, expect, test } from 'vitest';

import type { Box } from '../../../../src/content/card/card-placement';
import { openCard, type Card } from '../../../../src/content/card/card';
import { resultContent } from '../../../../src/content/card/card-content';
import { topReachableWindow } from '../../../../src/content/find/frames';
import { pictureInTop } from '../../../../src/content/find/painted-box';
import type { PictureOnPage } from '../../../../src/content/find/picture';
import { drawnStages } from '../../../../src/content/layer';
import { paintedPicture } from '../../../../src/content/where/painted-picture';
import { seeWhere } from '../../../../src/content/where/see-where';
import type { WhereActions } from '../../../../src/content/where/where-section';
import type { Prediction, TwoThings } from '../../../../src/core/saying/prediction';
import type { Where } from '../../../../src/core/where/where';
import { answerMessages } from '../../harness/fake-extension';
import { element, loaded, ownPicture, pngOf, show, until } from '../../harness/page';
import { pressKey } from '../../harness/pointer';

const NAME = `${'0'.repeat(64)}-40x20`;
const PREDICTION = {
  ...{ variant: 'accurate', views: 1, backend: 'wasm', rung: 'decoded', cached: true },
  ...{ inferenceMilliseconds: 1, guess: null, silence: null, draft: null },
  hint: {
    ...{ synset: 'n02391049', label: 'zebra', text: 'May be a zebra', english: 'zebra' },
    ...{ probability: 0.9, bits: 9 },
  },
  ...{ kept: null, picture: NAME, lang: 'en', draftLang: 'en' },
  predictions: [{ classIndex: 340, synset: 'n02391049', label: 'zebra', probability: 0.7 }],
} as Prediction;
const WHERE: Where = { side: 2, values: [255, 0, 0, 0], part: 'upper_left' };

let card: Card | null = null;
afterEach(() => {
  card?.close();
  show('');
});

/** A card on the first image of the page. */
function openOn(picture: PictureOnPage, ask: WhereActions['ask']) {
  const opened = openCard(picture.element, () => pictureInTop(picture));
  card = opened;
  const now = () => ({
    box: pictureInTop(picture),
    ...paintedPicture(picture, picture.element.getBoundingClientRect(), PREDICTION),
  });
  const where = { ask, now, hold: opened.hold };
  const judge = () => undefined;
  const actions = { say: opened.say, judge, where, teach: null, seekTwo: null };
  opened.show(resultContent(PREDICTION, 1, actions));
  const [stage] = drawnStages([topReachableWindow().document]);
  if (stage === undefined) throw new Error('No card is drawn.');
  const press = () => element('.where button', stage);
  const words = () => element('.where p', stage).dataset.text ?? '';
  const veil = () => stage.querySelector('.veil');
  return { stage, press, words, veil };
}

async function pressOn(button: HTMLElement): Promise<void> {
  await until('a press counts', () => button.ariaDisabled === 'false');
  button.focus();
  await pressKey('Enter');
}

async function showPicture(style: string): Promise<PictureOnPage> {
  const picture = pngOf(40, 20, (context) => {
    context.fillRect(0, 0, 40, 20);
  });
  show(`<img id="a" src="${picture}" style="position:absolute;left:30px;top:20px;${style}">`);
  await loaded('#a');
  return ownPicture('#a');
}

const rounded = ({ x, y, width, height }: Box): number[] =>
  [x, y, width, height].map((value) => Math.round(value));

test('a press draws over the picture and tells the place; the page’s own DOM stays as it was', async () => {
  const picture = await showPicture('width:200px;height:100px');
  const page = document.body.innerHTML;
  const asked: string[] = [];
  const { press, words, veil } = openOn(picture, (synset) => {
    asked.push(synset);
    return Promise.resolve(WHERE);
  });
  expect(press().ariaPressed).toBe('false');
  await pressOn(press());
  await until('it is drawn', () => veil()?.getBoundingClientRect().width === 200);
  expect(asked).toEqual(['n02391049']);
  expect(words()).toBe('where_part_upper_left where_legend');
  expect(press().ariaPressed).toBe('true');
  const drawn = veil();
  if (drawn === null) throw new Error('Nothing is drawn.');
  expect(rounded(drawn.getBoundingClientRect())).toEqual(rounded(pictureInTop(picture)));
  expect(drawn.ariaHidden).toBe('true');
  const canvas = element('canvas', drawn) as HTMLCanvasElement;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, 2, 2).data;
  expect(pixels?.[3]).toBe(0);
  expect(pixels?.[7]).toBeGreaterThan(150);
  expect(document.body.innerHTML).toBe(page);
  expect(document.querySelector('canvas')).toBeNull();

  await pressOn(press());
  await until('it is gone', () => veil() === null);
  expect(words()).toBe('');
  expect(press().ariaPressed).toBe('false');
});

test('what is drawn follows its picture; Escape takes it away, and then the card', async () => {
  const picture = await showPicture('width:200px;height:100px');
  const { press, veil } = openOn(picture, () => Promise.resolve(WHERE));
  await pressOn(press());
  await until('it is drawn', () => veil()?.getBoundingClientRect().width === 200);
  const drawn = () => veil() ?? document.body;
  const { x } = drawn().getBoundingClientRect();
  element('#a').style.left = '80px';
  await until('it follows', () => Math.round(drawn().getBoundingClientRect().x - x) === 50);
  await pressKey('Escape');
  await until('it is gone', () => veil() === null);
  expect(card?.closed.aborted).toBe(false);
  await pressKey('Escape');
  await until('the card is closed', () => card?.closed.aborted === true);
});

test('of two things each has its place, its share and its own way to be dismissed', async () => {
  const picture = await showPicture('width:200px;height:100px');
  const hint = (label: string, synset: string) => ({
    ...{ label, synset, english: label, text: '', probability: 0.98, bits: 9 },
  });
  const two: TwoThings = {
    hints: [hint('dog', 'n02084071'), hint('candle', 'n02948072')],
    ...{ text: 'May be a dog and a candle', label: 'dog and candle', english: 'dog and candle' },
    probability: 0.96,
  };
  const judged: unknown[] = [];
  const opened = openCard(picture.element, () => pictureInTop(picture));
  card = opened;
  const where = { ask: () => Promise.resolve(WHERE), now: () => null, hold: opened.hold };
  const judge = (...judgement: unknown[]) => judged.push(judgement);
  const actions = { say: opened.say, judge, where, teach: null, seekTwo: null };
  opened.show(resultContent({ ...PREDICTION, two, draft: 'Dog and candle' }, 5, actions));
  const [stage] = drawnStages([topReachableWindow().document]);
  if (stage === undefined) throw new Error('No card is drawn.');
  expect(element('h2', stage).dataset.text).toBe('May be a dog and a candle');
  expect(element('.body p', stage).dataset.text).toBe('two_beside');
  const names = [...stage.querySelectorAll('.body button')].map(({ ariaLabel }) => ariaLabel);
  expect(names).toEqual([
    ...['card_copy', 'dismissal_button: dog', 'dismissal_button: candle'],
    ...['where_show: dog', 'where_show: candle'],
  ]);
  await pressOn(element('.actions button:last-child', stage));
  await until('it is told', () => judged.length > 0);
  expect(judged).toEqual([[{ picture: NAME, synset: 'n02948072' }, true]]);
});

test('what cannot be told is said, and nothing is drawn', async () => {
  const picture = await showPicture('width:200px;height:100px');
  const { press, words } = openOn(picture, () =>
    Promise.resolve({ side: 2, values: [0, 0, 0, 0], part: null }),
  );
  await pressOn(press());
  await until('it is told', () => words() === 'where_nowhere');
});

test.each([
  ['fill', '', [0, 0, 1, 1]],
  // 40 x 20 in 100 x 100: 200 wide, of which the middle half is seen, and read alone.
  ['cover', '', [0, 0, 1, 1]],
  ['contain', '', [0, 0.25, 1, 0.5]],
  ['contain', 'left top', [0, 0, 1, 0.5]],
  ['none', '', [0.3, 0.4, 0.4, 0.2]],
  ['scale-down', '', [0.3, 0.4, 0.4, 0.2]],
] as const)('object-fit %s %s', async (fit, position, expected) => {
  const at = position === '' ? '' : `object-position:${position};`;
  const picture = await showPicture(
    `width:100px;height:100px;padding:10px 20px;border:5px solid;object-fit:${fit};${at}`,
  );
  const box = picture.element.getBoundingClientRect();
  const painted = paintedPicture(picture, box, PREDICTION);
  const px = [painted.frame.x * box.width, painted.frame.y * box.height];
  expect(px.map(Math.round)).toEqual([25, 15]);
  expect(Math.round(painted.frame.width * box.width)).toBe(100);
  const { x, y, width, height } = painted.picture;
  [x, y, width, height].forEach((value, place) => {
    expect(value).toBeCloseTo(expected[place] ?? NaN, 5);
  });
  // Of the screen only what is seen was read.
  const { frame } = paintedPicture(picture, box, { ...PREDICTION, rung: 'screen' });
  expect(frame).toEqual({ x: 0, y: 0, width: 1, height: 1 });
});

test('of a mild cut the whole was read', async () => {
  const picture = await showPicture('width:150px;height:100px;object-fit:cover');
  const { x, y, width, height } = paintedPicture(
    picture,
    picture.element.getBoundingClientRect(),
    PREDICTION,
  ).picture;
  expect([x, y, width, height].map((value) => Math.round(value * 150))).toEqual([-25, 0, 200, 150]);
});

test('a background is where its style puts it', () => {
  const picture = pngOf(40, 20, (context) => {
    context.fillRect(0, 0, 40, 20);
  });
  show(
    `<div id="a" style="width:200px;height:200px;background:url(${picture}) right / 50% auto no-repeat"></div>`,
  );
  const box = element('#a').getBoundingClientRect();
  const painted = paintedPicture(ownPicture('#a'), box, PREDICTION);
  const { x, y, width, height } = painted.picture;
  expect([x, y, width, height].map((value) => value * 200)).toEqual([100, 75, 100, 50]);
});

test('pixels that are not at hand any more are read once more', async () => {
  const asked: unknown[] = [];
  answerMessages(({ type, picture }) => {
    asked.push([type, picture]);
    return { ok: true, value: picture === 'new' ? WHERE : null };
  });
  let reads = 0;
  const where = await seeWhere('old', 'n02391049', () => {
    reads += 1;
    const prediction = { ...PREDICTION, picture: 'new' };
    return Promise.resolve({ ok: true, prediction, failedRungs: [] });
  });
  expect(where).toEqual(WHERE);
  expect(reads).toBe(1);
  expect(asked).toEqual([
    ['seeWhere', 'old'],
    ['seeWhere', 'new'],
  ]);
});
