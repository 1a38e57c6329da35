import { expect, test } from 'vitest';

import { cssImageAddresses } from '../../../../src/core/address/css-image';

test.each([
  ['none', []],
  ['url("https://a.example/x.png")', ['https://a.example/x.png']],
  [
    'linear-gradient(rgb(0, 0, 0), red), url("https://a.example/1.png"), url(https://a.example/2.png)',
    ['https://a.example/1.png', 'https://a.example/2.png'],
  ],
  [
    'image-set(url("https://a.example/1x.png") 1dppx, url("https://a.example/2x.png") 2dppx)',
    ['https://a.example/1x.png', 'https://a.example/2x.png'],
  ],
  ['url("https://a.example/a(b)\\"c.png")', ['https://a.example/a(b)"c.png']],
  ["url('data:image/svg+xml,<svg fill=\\27 red\\27 />')", ["data:image/svg+xml,<svg fill='red'/>"]],
  ['url("")', []],
])('%s', (value, addresses) => {
  expect(cssImageAddresses(value)).toEqual(addresses);
});
