import { beforeEach, expect, test, vi } from 'vitest';

import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const sayOutcomesAgain = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock('../../../src/platform/outcome-store', () => ({ sayOutcomesAgain }));
vi.mock('../../../src/platform/dismissal-store', () => ({}));
vi.mock('../../../src/platform/private-dismissals', () => ({}));

const { createVoiceFollowers } = await import('../../../src/background/follow-voice');

function open() {
  const state = { settings: DEFAULT_SETTINGS };
  const followVoice = vi.fn(() => Promise.resolve());
  const followers = createVoiceFollowers({
    looks: { sayAgain: () => Promise.resolve(null) },
    labelling: { followVoice },
    settings: () => Promise.resolve(state.settings),
  });
  const change = (changes: Partial<typeof DEFAULT_SETTINGS>) =>
    followers.whileChanging(() => {
      state.settings = { ...state.settings, ...changes };
      return Promise.resolve('changed');
    });
  return { followers, followVoice, change };
}

beforeEach(() => {
  sayOutcomesAgain.mockClear();
});

test.each([
  { deniedSynsets: ['n02084071'] },
  { allowedSynsets: ['n02480855'] },
  { minimumConfidence: 0.9 },
])('with %o pages and results follow', async (changes) => {
  const { change, followVoice } = open();
  expect(await change(changes)).toBe('changed');
  expect(followVoice).toHaveBeenCalledExactlyOnceWith(null, { privateOnly: false });
  expect(sayOutcomesAgain).toHaveBeenCalledOnce();
  // The same once more is no change.
  await change(changes);
  expect(followVoice).toHaveBeenCalledOnce();
});

test('no other setting has anything said anew', async () => {
  const { change, followVoice } = open();
  await change({ displayMode: 'hover', minimumSizePx: 100, alwaysSites: ['https://a.example'] });
  expect(followVoice).not.toHaveBeenCalled();
});

test('what is decided in a private window changes no list', async () => {
  const { followers, followVoice } = open();
  const concerned = { pictures: ['ab-4x3'], labels: [] };
  await followers.follow(concerned, { privateOnly: true });
  expect(followVoice).toHaveBeenCalledExactlyOnceWith(concerned, { privateOnly: true });
  expect(sayOutcomesAgain).not.toHaveBeenCalled();
});
