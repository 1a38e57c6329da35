import { expect, test } from 'vitest';

import {
  describeMessages,
  labellingMessages,
  parseFrameMessage,
} from '../../../src/messages/frame-messages';

const rows = { ...describeMessages, ...labellingMessages };

const REQUEST = {
  requestId: 'r1',
  requestedAt: 1_700_000_000_000,
  target: 'image',
  srcUrl: 'https://a.example/x.png',
  menuTarget: null,
  frameUrl: null,
  answer: 'card',
  shownPredictions: 5,
};

const STATE = {
  active: true,
  displayMode: 'chips',
  listenerMode: 'missing',
  minimumSizePx: 64,
  shownPredictions: 5,
  silentSigns: false,
};

test.each([
  ['describeImage', REQUEST],
  ['getAttention', {}],
  ['startLabelling', { state: STATE }],
  ['stopLabelling', { state: { active: false, reason: 'paused', resumeAt: null } }],
  ['stopLabelling', { state: { active: false, reason: 'paused', resumeAt: 1_700_000_000_000 } }],
  ['toggleLabels', {}],
  ['getFrameReport', { report: 'a', from: 200 }],
  ['followVoice', { concerned: { pictures: ['ab-4x3'], labels: ['n02123045'] } }],
  ['followVoice', { concerned: null }],
  ['askAnew', {}],
  ['showImage', { id: 'image-1' }],
  ['setAltText', { id: 'image-1', text: 'A cat' }],
  ['setAltText', { id: 'image-1', text: null }],
  ['getThumbnails', { ids: ['image-1', 'image-2'] }],
])('%s gives its fields and no others', (type, fields) => {
  expect(parseFrameMessage(rows, { type, ...fields, other: 1 })).toEqual({ type, fields });
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['text', 'describeImage'],
  ['a list', ['toggleLabels']],
  ['no type', {}],
  ['a message for the worker', { type: 'getSettings' }],
  ['an inherited name as type', { type: 'toString' }],
])('%s is for others', (_, message) => {
  expect(parseFrameMessage(rows, message)).toBeNull();
});

test.each([
  ['a missing id', { requestId: undefined }],
  ['an endless id', { requestId: 'r'.repeat(65) }],
  ['an unknown target', { target: 'everything' }],
  ['a wrong address', { srcUrl: 7 }],
  ['an address that is too long', { srcUrl: 'a'.repeat(2 ** 21 + 1) }],
  ['a missing frame', { frameUrl: undefined }],
  ['an unknown way to answer', { answer: 'song' }],
  ['a number in text', { shownPredictions: '5' }],
  ['more predictions than are stored', { shownPredictions: 6 }],
  ['a time in text', { requestedAt: 'now' }],
  ['a time that never comes', { requestedAt: Infinity }],
])('describeImage with %s is refused', (_, wrong) => {
  expect(parseFrameMessage(rows, { type: 'describeImage', ...REQUEST, ...wrong })).toBeNull();
});

test.each([
  { type: 'startLabelling' },
  { type: 'startLabelling', state: { ...STATE, active: false } },
  { type: 'startLabelling', state: { ...STATE, displayMode: 'loud' } },
  { type: 'startLabelling', state: { ...STATE, listenerMode: 'always' } },
  { type: 'startLabelling', state: { ...STATE, minimumSizePx: '64' } },
  { type: 'startLabelling', state: { ...STATE, minimumSizePx: 5 } },
  { type: 'startLabelling', state: { ...STATE, shownPredictions: undefined } },
  { type: 'stopLabelling' },
  { type: 'stopLabelling', state: STATE },
  { type: 'stopLabelling', state: { active: false, reason: 'paused', resumeAt: 'soon' } },
  { type: 'stopLabelling', state: { active: false, reason: 'bored', resumeAt: null } },
  { type: 'showImage' },
  { type: 'setAltText', id: 'image-1' },
  { type: 'setAltText', text: 'A cat' },
  { type: 'setAltText', id: 'image-1', text: 5 },
  { type: 'setAltText', id: 'image-1', text: 'A cat'.repeat(1000) },
  { type: 'getThumbnails', ids: 'image-1' },
  { type: 'getThumbnails', ids: Array<string>(1001).fill('image-1') },
  { type: 'followVoice' },
  { type: 'followVoice', concerned: 'ab-4x3' },
  { type: 'followVoice', concerned: { pictures: ['ab-4x3'] } },
  { type: 'followVoice', concerned: { pictures: [null], labels: [] } },
])('wrong fields are refused: %j', (message) => {
  expect(parseFrameMessage(rows, message)).toBeNull();
});

test('a script takes none of the messages of the other', () => {
  expect(parseFrameMessage(describeMessages, { type: 'toggleLabels' })).toBeNull();
  expect(parseFrameMessage(labellingMessages, { type: 'getAttention' })).toBeNull();
});
