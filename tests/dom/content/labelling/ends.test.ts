/** No image waits for ever without a word: each is labelled, skipped or failed with a code, or says for what it waits. */
import '../../../../src/content/alt-texts';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { ActiveState } from '../../../../src/core/settings/labelling-state';
import { createAwaited } from '../../../../src/content/labelling/awaited';
import { createIdleSlices } from '../../../../src/content/labelling/idle-slices';
import { startSession, type LabellingSession } from '../../../../src/content/labelling/session';
import { trackedImage } from '../../../../src/content/labelling/tracked-image';
import { answerMessages } from '../../harness/fake-extension';
import { element, loaded, show, squarePng } from '../../harness/page';

const STATE: ActiveState = {
  active: true,
  displayMode: 'chips',
  listenerMode: 'off',
  minimumSizePx: 32,
  silentSigns: false,
  shownPredictions: 3,
};
const SIZE = 'width="100" height="100"';
const BROKEN = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==';

let controller: AbortController;
let session: LabellingSession;
let classify: () => unknown;
beforeEach(() => {
  controller = new AbortController();
  classify = () => ({ ok: false, error: { code: 'no-backend', message: '' } });
  answerMessages((message) => {
    if (message.type.startsWith('classify')) return classify();
    return { ok: true, value: message.type === 'readWeakWords' ? [] : null };
  });
});
afterEach(() => {
  controller.abort();
  vi.restoreAllMocks();
});

function start(): void {
  session = startSession(STATE, controller.signal, () => undefined);
}

/** What became of the images, by id; asks until nothing that is near waits any more. */
async function ends(): Promise<Record<string, string>> {
  return await vi.waitFor(
    async () => {
      const { images } = await session.report({ report: 'one', from: 0 });
      const found = images.map(({ selector, state, reason }) => [
        selector.replace('#', ''),
        `${state} ${reason ?? ''}`,
      ]);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(([, end]) => end === 'pending in-line')).toEqual([]);
      expect(found.filter(([, end]) => end === 'pending loading')).toEqual([]);
      return Object.fromEntries(found) as Record<string, string>;
    },
    { timeout: 8000, interval: 50 },
  );
}

test('pictures that were broken before we came, or break later', async () => {
  show(
    `<img id="broken" src="${BROKEN}" ${SIZE}><img id="empty" src="data:," ${SIZE}>
     <img id="drawing" src="data:image/svg+xml,%3Csvg" ${SIZE}>
     <img id="whole" src="${squarePng(40)}" ${SIZE}>`,
  );
  await loaded('#broken');
  start();
  document.body.insertAdjacentHTML('beforeend', `<img id="later" src="${BROKEN}" ${SIZE}>`);
  await vi.waitFor(async () => {
    expect(await ends()).toEqual({
      broken: 'failed image-not-loaded',
      empty: 'failed image-not-loaded',
      drawing: 'failed image-has-no-size',
      whole: 'failed no-backend',
      later: 'failed image-not-loaded',
    });
  });
  // The same element with a picture is read.
  element('#broken').setAttribute('src', squarePng(41));
  await vi.waitFor(async () => {
    expect((await ends()).broken).toBe('failed no-backend');
  });
});

test('a page that keeps the events of loading from us', async () => {
  const keep = (event: Event) => {
    if (event.target instanceof HTMLImageElement) event.stopImmediatePropagation();
  };
  const once = new AbortController();
  for (const type of ['load', 'error']) {
    window.addEventListener(type, keep, { capture: true, signal: once.signal });
  }
  start();
  const worker = URL.createObjectURL(new Blob([await (await fetch(squarePng(90))).blob()]));
  show(`<img id="a" src="${worker}" ${SIZE}><img id="b" src="${BROKEN}#1" ${SIZE}>`);
  expect(await ends()).toEqual({ a: 'failed no-backend', b: 'failed image-not-loaded' });
  once.abort();
});

test('what is far away says so', async () => {
  show(
    `<img id="near" src="${squarePng(40)}" ${SIZE}>
     <img id="far" src="${squarePng(42)}" ${SIZE} style="position: absolute; top: 9000px">
     <img id="lazy" loading="lazy" src="/never.png" ${SIZE} style="position: absolute; top: 90000px">`,
  );
  await loaded('#far');
  start();
  const { far, lazy } = await ends();
  expect([far, lazy]).toEqual(['pending not-near', 'pending not-near']);
});

test('a picture that is on its way for too long; when it comes, it is read', () => {
  const image = trackedImage('image-1', document.createElement('img'));
  image.isNear = true;
  const { check } = createAwaited(controller.signal, () => undefined);
  const on = (complete: boolean, naturalWidth: number) => {
    image.failure = null;
    const shown = { complete, naturalWidth } as HTMLImageElement;
    check(image, { kind: 'image', element: shown, address: '/slow.png' });
    return [image.isReady, image.failure];
  };
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
  expect(on(false, 0)).toEqual([false, null]);
  now.mockReturnValue(10_999);
  expect(on(false, 0)).toEqual([false, null]);
  now.mockReturnValue(11_001);
  expect(on(false, 0)).toEqual([false, 'image-not-loaded']);
  expect(on(true, 9)).toEqual([true, null]);
});

test('an answer that never comes', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const limit = new AbortController();
    setTimeout(() => {
      limit.abort();
    }, 100);
    return limit.signal;
  });
  classify = () => new Promise(() => undefined);
  show(`<img id="a" src="${squarePng(40)}" ${SIZE}>`);
  await loaded('#a');
  start();
  expect(await ends()).toEqual({ a: 'failed timed-out' });
});

test('one step that throws does not keep the others from their turn', async () => {
  const errors: unknown[] = [];
  const note = (event: ErrorEvent) => {
    errors.push(event.message);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('error', note, { capture: true });
  const slices = createIdleSlices(controller.signal);
  slices.add(
    (function* () {
      yield;
      throw new Error('odd');
    })(),
  );
  await new Promise<void>((resolve) => {
    slices.add(
      (function* () {
        yield;
        resolve();
      })(),
    );
  });
  await vi.waitFor(() => {
    expect(errors).toEqual([expect.stringContaining('odd')]);
  });
  window.removeEventListener('error', note, { capture: true });
});
