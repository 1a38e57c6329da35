import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createReadings, type Readings } from '../../../../src/content/labelling/readings';
import {
  trackedImage,
  type Reading,
  type TrackedImage,
} from '../../../../src/content/labelling/tracked-image';
import { answerMessages, type SentMessage } from '../../harness/fake-extension';
import { element, loaded, squarePng, until } from '../../harness/page';

interface Ask {
  message: SentMessage;
  answer: (value: unknown) => void;
}

let controller: AbortController;
let readings: Readings;
let asked: Ask[];
let others: SentMessage[];
let settled: [key: string, state: Reading['state']][];
let outdated: string[];
/** What is said of a picture when the worker is asked for it again. */
let saidAgain: (picture: string) => unknown;
let orphaned: number;
beforeEach(() => {
  controller = new AbortController();
  asked = [];
  others = [];
  settled = [];
  outdated = [];
  orphaned = 0;
  answerMessages(async (message) => {
    if (!message.type.startsWith('classify')) {
      others.push(message);
      const { type, pictures } = message;
      const value = type === 'sayAgain' ? (pictures as string[]).map(saidAgain) : null;
      return { ok: true, value };
    }
    return await new Promise((answer) => asked.push({ message, answer }));
  });
  readings = createReadings({
    signal: controller.signal,
    onSettled: ({ key, state }) => settled.push([key, state]),
    onOutdated: (image) => outdated.push(image.id),
    onOrphaned: () => (orphaned += 1),
  });
});
afterEach(() => {
  controller.abort();
});

const COLOURS = ['red', 'lime', 'blue', 'cyan', 'magenta', 'yellow', 'gray', 'navy', 'teal'];
let seen = 0;

/** An image of one colour, tracked; the later, the newer on screen. */
async function imageOf(
  id: string,
  colour: string,
  where: 'visible' | 'near' = 'visible',
): Promise<TrackedImage> {
  const address = squarePng(20, colour);
  document.body.insertAdjacentHTML('beforeend', `<img id="${id}" src="${address}">`);
  await loaded(`#${id}`);
  const image = trackedImage(id, element(`#${id}`));
  seen += 1;
  Object.assign(image, {
    isReady: true,
    isNear: true,
    isVisible: where === 'visible',
    seenAt: seen,
  });
  readings.attach(image, address);
  return image;
}

const OK = { ok: true, value: {} };
const failure = (code: string) => ({ ok: false, error: { code, message: '' } });
const stateOf = (image: TrackedImage) => image.reading?.state;

async function untilAsked(count: number): Promise<void> {
  await until(`${count} questions`, () => asked.length === count);
}

async function answerNext(value: unknown): Promise<void> {
  await until('a question', () => asked.length > 0);
  asked.shift()?.answer(value);
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));

test('one picture is read once, however many elements show it', async () => {
  const first = await imageOf('a', 'red');
  const second = await imageOf('b', 'red');
  expect(second.reading).toBe(first.reading);
  readings.update();
  await answerNext(OK);
  await until('the label', () => stateOf(first) === 'labelled');
  readings.update();
  await quiet();
  expect(asked).toEqual([]);
  expect(settled.map(([, state]) => state)).toEqual(['labelled']);
  // One that comes later has the label at once.
  expect(stateOf(await imageOf('c', 'red'))).toBe('labelled');
});

test('its pixels are those of the picture, with how urgent they are', async () => {
  await imageOf('a', 'lime');
  readings.update();
  await untilAsked(1);
  const { message } = asked[0] ?? {};
  expect(message).toMatchObject({ width: 20, height: 20, rung: 'decoded', priority: 'visible' });
  const pixels = new Uint8Array(await (message?.pixels as Blob).arrayBuffer());
  expect([...pixels.slice(0, 4)]).toEqual([0, 255, 0, 255]);
});

test('the newest on screen first, at most eight at a time', async () => {
  const keys: string[] = [];
  for (const [index, colour] of COLOURS.entries()) {
    keys.push((await imageOf(`i${index}`, colour)).reading?.key ?? '');
  }
  readings.update();
  await untilAsked(8);
  await quiet();
  expect(asked).toHaveLength(8);
  controller.abort();
  // All but the oldest were under way.
  expect(settled.map(([key]) => key)).toEqual(keys.slice(1).reverse());
});

test('what is near waits until all on screen is done', async () => {
  const near = await imageOf('near', 'red', 'near');
  const visible = await imageOf('visible', 'blue');
  readings.update();
  await untilAsked(1);
  await quiet();
  expect(asked[0]?.message.priority).toBe('visible');
  expect(stateOf(near)).toBe('waiting');
  await answerNext(OK);
  await untilAsked(1);
  expect(asked[0]?.message.priority).toBe('near');
  expect(stateOf(visible)).toBe('labelled');
});

/** As the session tells it when an image came nearer or went farther. */
function move(image: TrackedImage, where: Pick<TrackedImage, 'isVisible' | 'isNear'>): void {
  Object.assign(image, where);
  readings.attach(image, image.reading?.key ?? '');
  readings.update();
}

describe('what the page does meanwhile', () => {
  test('an image that comes on screen is told to be more urgent', async () => {
    const image = await imageOf('a', 'red', 'near');
    readings.update();
    await untilAsked(1);
    move(image, { isVisible: true, isNear: true });
    expect(others).toEqual([
      {
        type: 'setPriorities',
        requestIds: [asked[0]?.message.requestId],
        priority: 'visible',
      },
    ]);
  });

  test('an image that is not near any more is cancelled, and asked again when it is', async () => {
    const image = await imageOf('a', 'red');
    readings.update();
    await untilAsked(1);
    move(image, { isVisible: false, isNear: false });
    expect(others).toEqual([{ type: 'cancelRequests', requestIds: [asked[0]?.message.requestId] }]);
    expect(stateOf(image)).toBe('waiting');
    asked.shift()?.answer(OK);
    await quiet();
    expect(stateOf(image)).toBe('waiting');
    move(image, { isVisible: true, isNear: true });
    await answerNext(OK);
    await until('the label', () => stateOf(image) === 'labelled');
  });

  test('an image that shows another picture by now is not asked about', async () => {
    const image = await imageOf('a', 'red');
    element('#a').setAttribute('src', squarePng(20, 'blue'));
    await loaded('#a');
    readings.update();
    await quiet();
    expect(asked).toEqual([]);
    expect(image.isReady).toBe(false);
  });

  test('the end of it all cancels what is under way', async () => {
    await imageOf('a', 'red');
    readings.update();
    await untilAsked(1);
    controller.abort();
    expect(others.map(({ type }) => type)).toEqual(['cancelRequests']);
  });
});

describe('what fails', () => {
  test('for good is said, until it is tried again', async () => {
    const image = await imageOf('a', 'red');
    readings.update();
    await answerNext(failure('model-missing'));
    await until('the failure', () => stateOf(image) === 'failed');
    expect(image.reading?.failure?.code).toBe('model-missing');
    readings.update();
    await quiet();
    expect(asked).toEqual([]);
    readings.retryAll();
    await answerNext(OK);
    await until('the label', () => stateOf(image) === 'labelled');
    expect(image.reading?.failure).toBeNull();
  });

  test('because the worker had too much to do is asked again after a pause', async () => {
    const image = await imageOf('a', 'red');
    readings.update();
    await answerNext(failure('queue-full'));
    const failedAt = performance.now();
    await untilAsked(1);
    expect(performance.now() - failedAt).toBeGreaterThan(200);
    await answerNext(OK);
    await until('the label', () => stateOf(image) === 'labelled');
  });

  test('because the extension was reloaded ends it', async () => {
    await imageOf('a', 'red');
    readings.update();
    await answerNext(failure('extension-reloaded'));
    await until('the end', () => orphaned === 1);
  });
});

test('an image that shows another picture when it is to be read is looked at again, not for ever', async () => {
  const image = await imageOf('a', 'red');
  const show = async (colour: string) => {
    element('#a').setAttribute('src', squarePng(20, colour));
    await loaded('#a');
    readings.update();
  };
  await show('lime');
  expect(asked).toHaveLength(0);
  await until('another look', () => outdated.length === 1);
  expect(outdated).toEqual(['a']);
  expect([image.isReady, image.failure]).toEqual([false, null]);

  Object.assign(image, { isReady: true, misses: 8 });
  await show('blue');
  expect([image.isReady, image.failure]).toEqual([false, 'image-changed']);
});

describe('pictures out of view, by the thousand', () => {
  /** So many images that a listener may come by, or that a person wants, each with a picture of its own. */
  async function readAll(count: number, kind: 'isFilled' | 'isWanted'): Promise<number> {
    let looks = 0;
    const address = squarePng(4, 'red');
    document.body.insertAdjacentHTML('beforeend', `<img id="far" src="${address}">`);
    await loaded('#far');
    answerMessages(() => ({ ok: true, value: {} }));
    const images = Array.from({ length: count }, (_, index) => {
      const image = { ...trackedImage(`far-${index}`, element('#far')), version: 2, [kind]: true };
      Object.defineProperty(image, 'isReady', {
        get: () => {
          looks += 1;
          return true;
        },
      });
      readings.attach(image, `${address} far-${index} 2`);
      return image;
    });
    readings.update();
    await vi.waitFor(
      () => {
        expect(images.every(({ reading }) => reading?.state === 'labelled')).toBe(true);
      },
      { timeout: 12_000, interval: 50 },
    );
    return looks;
  }

  test.each(['isFilled', 'isWanted'] as const)(
    '%s: each is looked at a few times, however many there are',
    async (kind) => {
      const count = 400;
      expect(await readAll(count, kind)).toBeLessThan(4 * count);
    },
  );
});

describe('what is said changes', () => {
  const sayingOf = (synset: string | null) => ({
    ...{ predictions: [], guess: null, silence: synset === null ? 'dismissed' : null, draft: null },
    ...{ lang: 'en', draftLang: 'en', kept: null },
    hint: synset === null ? null : { synset, label: synset, english: synset, text: synset },
  });

  /** Three pictures on the page: two are called a panda, one a zebra. */
  async function threePictures(): Promise<TrackedImage[]> {
    const images: TrackedImage[] = [];
    for (const [picture, colour, synset] of [
      ['panda', 'red', 'n02510455'],
      ['panda-again', 'lime', 'n02510455'],
      ['zebra', 'blue', 'n02391049'],
    ] as const) {
      const image = await imageOf(picture, colour);
      images.push(image);
      readings.update();
      await answerNext({ ok: true, value: { picture, ...sayingOf(synset) } });
      await until('the label', () => stateOf(image) === 'labelled');
    }
    settled = [];
    return images;
  }
  const askedAgain = () => others.map(({ type, pictures }) => [type, pictures]);

  test('only what may be called otherwise now is asked about', async () => {
    const [panda, copy, zebra] = await threePictures();
    saidAgain = () => sayingOf(null);
    await readings.followVoice({ pictures: ['panda', 'elsewhere'], labels: ['n02510455'] });
    expect(askedAgain()).toEqual([['sayAgain', ['panda', 'panda-again']]]);
    expect(panda?.reading?.prediction?.hint).toBeNull();
    expect(copy?.reading?.prediction?.hint).toBeNull();
    expect(zebra?.reading?.prediction?.hint?.synset).toBe('n02391049');
    expect(settled.map(([, state]) => state)).toEqual(['labelled', 'labelled']);
    expect(asked).toEqual([]);
  });

  test('where nothing is, nothing is asked; where all may be, all is', async () => {
    await threePictures();
    saidAgain = () => sayingOf('n02510455');
    await readings.followVoice({ pictures: ['elsewhere'], labels: ['n02084071'] });
    expect(askedAgain()).toEqual([]);
    await readings.followVoice(null);
    expect(askedAgain()).toEqual([['sayAgain', ['panda', 'panda-again', 'zebra']]]);
    // What is said as before changes no label.
    expect(settled.map(([, state]) => state)).toEqual(['labelled']);
  });

  test('all is asked for anew where a model of the person’s own speaks otherwise; what was on its way is stopped', async () => {
    const labelled = await threePictures();
    const coming = await imageOf('coming', 'navy');
    readings.update();
    await until('it is asked for', () => asked.length === 1);
    asked = [];
    readings.askAnew();
    expect(others.map(({ type }) => type)).toEqual(['cancelRequests']);
    for (const { reading } of labelled) expect(reading?.prediction).toBeNull();
    await until('all are asked for', () => asked.length === 4);
    for (const { answer } of asked) answer({ ok: true, value: { picture: 'p', own: [] } });
    await until('all are labelled', () =>
      [...labelled, coming].every((image) => stateOf(image) === 'labelled'),
    );
  });
});
