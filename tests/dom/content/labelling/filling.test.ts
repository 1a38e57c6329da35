/** A person listens: images near them get their texts first, then all that the page has loaded, with nothing asked for. */
import '../../../../src/content/alt-texts';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { shownPicture } from '../../../../src/content/labelling/tracked-image';
import { picturesOf } from '../../../../src/content/find/picture';
import { lend } from '../../../../src/content/lent';
import { readDecoded } from '../../../../src/content/pixels/decoded';
import { startSession, type LabellingSession } from '../../../../src/content/labelling/session';
import type { ActiveState } from '../../../../src/core/settings/labelling-state';
import { CAT } from '../../../fixtures/popup/report-image';
import { answerMessages } from '../../harness/fake-extension';
import { show, squarePng } from '../../harness/page';

const STATE: ActiveState = {
  ...{ active: true, displayMode: 'chips', minimumSizePx: 32, shownPredictions: 3 },
  ...{ listenerMode: 'missing', silentSigns: false },
};
const SIZE = 'width="100" height="100"';
const ABOVE = 10;
const BELOW = 40;

let controller: AbortController;
let session: LabellingSession;
let asked: { priority: string; type: string }[];

beforeEach(() => {
  lend({ picturesOf, shownPicture, readDecoded });
  controller = new AbortController();
  asked = [];
  answerMessages((message) => {
    if (message.type.startsWith('classify')) {
      asked.push({ priority: String(message.priority), type: message.type });
      return {
        ok: true,
        value: { ...CAT, picture: `${'0'.repeat(63)}${asked.length % 10}-100x100` },
      };
    }
    return { ok: true, value: message.type === 'readWeakWords' ? [] : null };
  });
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('no network'));
});
afterEach(() => {
  controller.abort();
  vi.restoreAllMocks();
});

function image(index: number, attributes = ''): string {
  return `<img ${attributes} src="${squarePng(40 + index)}" ${SIZE}>`;
}

function start(state: Partial<ActiveState> = {}): void {
  session = startSession({ ...STATE, ...state }, controller.signal, () => undefined);
}

const texts = (selector: string) =>
  [...document.querySelectorAll(selector)].map((each) => each.getAttribute('alt'));
const said = CAT.hint?.text;

test('all of the page, near first, a few at a time, nothing fetched', async () => {
  const near = Array.from({ length: ABOVE }, (_, index) => image(index, 'class="near"')).join('');
  const far = Array.from({ length: BELOW }, (_, index) => image(ABOVE + index, 'class="far"'));
  show(
    `<p>${near}</p><div style="height: 20000px"></div><p>${far.join('')}</p>
     ${image(90, 'id="named" alt="Two friends"')}
     <img id="lazy" loading="lazy" src="/icons/icon-128.png?lazy" ${SIZE}>`,
  );
  start();
  await vi.waitFor(
    () => {
      expect(texts('.far')).toEqual(Array(BELOW).fill(said));
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(texts('.near')).toEqual(Array(ABOVE).fill(said));
  expect(texts('#named')).toEqual(['Two friends']);
  const priorities = asked.map(({ priority }) => priority);
  expect(priorities).toHaveLength(ABOVE + BELOW);
  expect(priorities.lastIndexOf('visible')).toBeLessThan(priorities.indexOf('rest'));
  expect(asked.every(({ type }) => type === 'classifyPixels')).toBe(true);
  expect(fetch).not.toHaveBeenCalled();
  const lazy = document.querySelector<HTMLImageElement>('#lazy');
  expect([lazy?.loading, lazy?.complete]).toEqual(['lazy', false]);
});

test('where nobody listens what is far waits, until somebody does', async () => {
  show(`${image(1)}<div style="height: 20000px"></div>${image(2, 'class="far"')}`);
  start({ listenerMode: 'off' });
  await vi.waitFor(() => {
    expect(asked).toHaveLength(1);
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(asked).toHaveLength(1);
  session.configure(STATE);
  await vi.waitFor(
    () => {
      expect(texts('.far')).toEqual([said]);
    },
    { timeout: 8000, interval: 50 },
  );
});
