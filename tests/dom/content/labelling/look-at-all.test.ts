/** A person wants all images looked at: those below the fold too, without the page being scrolled. */
import '../../../../src/content/alt-texts';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { startSession, type LabellingSession } from '../../../../src/content/labelling/session';
import type { ActiveState } from '../../../../src/core/settings/labelling-state';
import type { FrameProgress } from '../../../../src/messages/protocol';
import { answerMessages } from '../../harness/fake-extension';
import { element, show, squarePng } from '../../harness/page';

const STATE: ActiveState = {
  active: true,
  displayMode: 'chips',
  listenerMode: 'off',
  minimumSizePx: 32,
  shownPredictions: 3,
  silentSigns: false,
};
const SIZE = 'width="100" height="100"';
/** A file of the server that the tests come from: `data:` addresses are never lazy. */
const FILE = '/icons/icon-128.png';
const FAR = '<div style="height: 30000px"></div>';

let controller: AbortController;
let session: LabellingSession;
let asked: string[];
let progress: FrameProgress;
let answer: () => unknown;

beforeEach(() => {
  controller = new AbortController();
  asked = [];
  answer = () => ({ ok: false, error: { code: 'no-backend', message: '' } });
  answerMessages((message) => {
    if (message.type === 'reportProgress') progress = message.progress as FrameProgress;
    if (message.type.startsWith('classify')) {
      asked.push(String(message.priority));
      return answer();
    }
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

async function states(): Promise<Record<string, string>> {
  const { images } = await session.report({ report: 'one', from: 0 });
  return Object.fromEntries(
    images.map(({ selector, state, reason }) => [
      selector.replace('#', ''),
      `${state} ${reason ?? ''}`,
    ]),
  );
}

/** Waits until the progress that the worker was told fits. */
async function untilProgress(expected: Partial<FrameProgress>): Promise<void> {
  await vi.waitFor(
    () => {
      expect(progress).toMatchObject(expected);
    },
    { timeout: 8000, interval: 50 },
  );
}

test('what is below the fold waits, is told apart, and is looked at when the person wants all', async () => {
  show(
    `<img id="here" src="${squarePng(40)}" ${SIZE}>${FAR}
     <img id="eager" src="${squarePng(41)}" ${SIZE}>
     <img id="lazy" loading="lazy" src="${FILE}" ${SIZE}>
     <img id="unsized" loading="lazy" src="${FILE}?unsized">
     <img id="decoration" alt="" loading="lazy" src="${FILE}?decoration" ${SIZE}>
     <img id="gone" loading="lazy" src="/nothing-is-here.png" ${SIZE}>
     <img id="gone-unsized" loading="lazy" src="/nothing-is-here.png?unsized">`,
  );
  start();
  await untilProgress({ failed: 1, far: 5, wanted: 0, pending: 0 });
  expect(await states()).toEqual({
    here: 'failed no-backend',
    eager: 'pending not-near',
    lazy: 'pending not-near',
    unsized: 'pending not-near',
    decoration: 'skipped decorative',
    gone: 'pending not-near',
    'gone-unsized': 'pending not-near',
  });

  session.lookAtAll(true);
  await untilProgress({ failed: 6, far: 0, wanted: 0, pending: 0 });
  expect(await states()).toEqual({
    here: 'failed no-backend',
    eager: 'failed no-backend',
    lazy: 'failed no-backend',
    unsized: 'failed no-backend',
    decoration: 'skipped decorative',
    gone: 'failed image-not-loaded',
    'gone-unsized': 'failed image-not-loaded',
  });
  expect(asked).toEqual(['visible', 'rest', 'rest', 'rest']);
  expect(scrollY).toBe(0);
});

test('the page finds its images as lazy as they were, whatever became of them', async () => {
  show(
    `${FAR}<img id="lazy" loading="lazy" src="${FILE}?as-before" ${SIZE}>
     <img id="spelled" loading="LAZY" src="/nothing-is-here.png?as-before" ${SIZE}>
     <img id="other" loading="lazy" src="/nothing-is-here.png?asleep" ${SIZE}>`,
  );
  start();
  await untilProgress({ far: 3 });
  session.lookAtAll(true);
  await untilProgress({ failed: 3 });
  controller.abort();
  expect(element('#lazy').getAttribute('loading')).toBe('lazy');
  expect(element('#spelled').getAttribute('loading')).toBe('LAZY');
  expect(element('#other').getAttribute('loading')).toBe('lazy');
});

test('stopped, what was not looked at waits for the person to come by', async () => {
  let asking = 0;
  answer = () => {
    asking += 1;
    // The first answers never come.
    return new Promise(() => undefined);
  };
  const images = Array.from(
    { length: 30 },
    (_, index) => `<img id="i${index}" src="${squarePng(40 + index)}" ${SIZE}>`,
  );
  show(`${FAR}${images.join('')}`);
  start();
  await untilProgress({ far: 30 });
  session.lookAtAll(true);
  await untilProgress({ far: 0, wanted: 30, pending: 30 });
  await vi.waitFor(() => {
    expect(asking).toBe(8);
  });
  session.lookAtAll(false);
  await untilProgress({ far: 30, wanted: 0, pending: 0 });
  expect(asking).toBe(8);
});

test(
  'an image that its server never answers ends too, and says so',
  { timeout: 20_000 },
  async () => {
    vi.spyOn(HTMLImageElement.prototype, 'complete', 'get').mockReturnValue(false);
    show(`${FAR}<img id="asleep" src="${FILE}?asleep" ${SIZE}>`);
    start();
    await untilProgress({ far: 1 });
    session.lookAtAll(true);
    await vi.waitFor(
      async () => {
        expect(await states()).toEqual({ asleep: 'failed image-not-loaded' });
      },
      { timeout: 15_000, interval: 200 },
    );
  },
);
