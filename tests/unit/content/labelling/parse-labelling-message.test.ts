import { expect, test } from 'vitest';

import { parseLabellingMessage } from '../../../../src/content/labelling/parse-labelling-message';

const state = {
  active: true,
  displayMode: 'chips',
  listenerMode: 'missing',
  minimumSizePx: 64,
  shownPredictions: 5,
};

test('the messages of labelling', () => {
  expect(parseLabellingMessage({ type: 'startLabelling', state })).toEqual({
    type: 'startLabelling',
    state,
  });
  for (const resumeAt of [null, 1_700_000_000_000]) {
    const stopped = { type: 'stopLabelling', state: { active: false, reason: 'paused', resumeAt } };
    expect(parseLabellingMessage(stopped)).toEqual(stopped);
  }
  for (const type of ['toggleLabels', 'getFrameReport']) {
    expect(parseLabellingMessage({ type })).toEqual({ type });
  }
  for (const pictures of [['ab-4x3'], null]) {
    const followed = { type: 'followVoice', pictures };
    expect(parseLabellingMessage(followed)).toEqual(followed);
  }
  for (const text of ['A cat', null]) {
    const message = { type: 'setAltText', id: 'image-1', text };
    expect(parseLabellingMessage(message)).toEqual(message);
  }
});

test('anything else is for others, and wrong fields are refused', () => {
  for (const message of [
    null,
    'startLabelling',
    { type: 'describeImage' },
    { type: 'startLabelling' },
    { type: 'startLabelling', state: { ...state, active: false } },
    { type: 'startLabelling', state: { ...state, displayMode: 'loud' } },
    { type: 'startLabelling', state: { ...state, listenerMode: 'always' } },
    { type: 'startLabelling', state: { ...state, minimumSizePx: '64' } },
    { type: 'startLabelling', state: { ...state, shownPredictions: undefined } },
    { type: 'stopLabelling' },
    { type: 'stopLabelling', state },
    { type: 'stopLabelling', state: { active: false, reason: 'paused', resumeAt: 'soon' } },
    { type: 'showImage' },
    { type: 'setAltText', id: 'image-1' },
    { type: 'setAltText', text: 'A cat' },
    { type: 'setAltText', id: 'image-1', text: 5 },
    { type: 'followVoice' },
    { type: 'followVoice', pictures: 'ab-4x3' },
    { type: 'followVoice', pictures: [null] },
  ]) {
    expect(parseLabellingMessage(message)).toBeNull();
  }
});
