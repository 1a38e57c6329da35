import { expect, test } from 'vitest';

import { parseLabellingMessage } from '../../../../src/content/labelling/parse-labelling-message';

const state = {
  active: true,
  displayMode: 'chips',
  listenerMode: 'missing',
  minimumSizePx: 64,
};

test('the messages of labelling', () => {
  expect(parseLabellingMessage({ type: 'startLabelling', state })).toEqual({
    type: 'startLabelling',
    state,
  });
  for (const type of ['stopLabelling', 'toggleLabels', 'getFrameReport']) {
    expect(parseLabellingMessage({ type })).toEqual({ type });
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
    { type: 'showImage' },
  ]) {
    expect(parseLabellingMessage(message)).toBeNull();
  }
});
