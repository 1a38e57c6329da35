import { expect, test } from 'vitest';

import {
  isOwnAddress,
  isWebAddress,
  looksLikeSvg,
  recordedAddress,
} from '../../../../src/core/address/picture-address';

test('the worker may ask for http and https addresses only', () => {
  expect(isWebAddress('https://a.example/x.png')).toBe(true);
  expect(isWebAddress('HTTP://a.example/x.png')).toBe(true);
  for (const address of [
    'data:image/png,x',
    'blob:https://a.example/1',
    'file:///x.png',
    '/x.png',
  ]) {
    expect(isWebAddress(address), address).toBe(false);
  }
});

test("the page's own addresses are of its origin, data: or blob:", () => {
  const origin = 'https://a.example';
  expect(isOwnAddress('https://a.example/x.png', origin)).toBe(true);
  expect(isOwnAddress('data:image/png,x', origin)).toBe(true);
  expect(isOwnAddress('blob:https://a.example/1', origin)).toBe(true);
  expect(isOwnAddress('https://cdn.a.example/x.png', origin)).toBe(false);
  expect(isOwnAddress('https://a.example:8443/x.png', origin)).toBe(false);
  expect(isOwnAddress('not an address', origin)).toBe(false);
});

test('an SVG is told by its address', () => {
  expect(looksLikeSvg('https://a.example/logo.SVG?v=2#top')).toBe(true);
  expect(looksLikeSvg('data:image/svg+xml;charset=utf-8,<svg/>')).toBe(true);
  expect(looksLikeSvg('https://a.example/svg.png')).toBe(false);
});

test('records hold the beginning of long addresses', () => {
  expect(recordedAddress(`data:image/png;base64,${'A'.repeat(1000)}`)).toHaveLength(64);
  expect(recordedAddress(`https://a.example/${'a'.repeat(5000)}`)).toHaveLength(2048);
  expect(recordedAddress('https://a.example/x.png')).toBe('https://a.example/x.png');
});
