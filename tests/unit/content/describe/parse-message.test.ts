import { expect, test } from 'vitest';

import { parseDescribeImage } from '../../../../src/content/describe/parse-message';

const REQUEST = {
  requestId: 'r1',
  requestedAt: 1_700_000_000_000,
  target: 'image',
  srcUrl: 'https://a.example/x.png',
  frameUrl: null,
  answer: 'card',
  shownPredictions: 5,
};

test('a describeImage message gives its fields', () => {
  expect(parseDescribeImage({ type: 'describeImage', ...REQUEST, other: 1 })).toEqual(REQUEST);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['text', 'describeImage'],
  ['another message', { ...REQUEST, type: 'somethingElse' }],
  ['a missing id', { ...REQUEST, type: 'describeImage', requestId: undefined }],
  ['an unknown target', { ...REQUEST, type: 'describeImage', target: 'everything' }],
  ['a wrong address', { ...REQUEST, type: 'describeImage', srcUrl: 7 }],
  ['a missing frame', { ...REQUEST, type: 'describeImage', frameUrl: undefined }],
  ['an unknown way to answer', { ...REQUEST, type: 'describeImage', answer: 'song' }],
  ['a number in text', { ...REQUEST, type: 'describeImage', shownPredictions: '5' }],
  ['a time in text', { ...REQUEST, type: 'describeImage', requestedAt: 'now' }],
])('%s is refused', (_, message) => {
  expect(parseDescribeImage(message)).toBeNull();
});
