import { expect, test } from 'vitest';

import { type BarGroup, barChart } from '../../../bench/chart';

const groups: BarGroup[] = [
  {
    title: 'Inference',
    bars: [
      { label: 'ours', value: 30, spread: [28, 40], isOwn: true, text: '30 ms' },
      { label: 'number[] & <others>', value: 60, isOwn: false, text: '60 ms' },
    ],
  },
];

function barWidths(svg: string): number[] {
  return [...svg.matchAll(/<rect x="\d+"[^>]* width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
}

test('bars are as long as their values, on a background of their own', () => {
  const svg = barChart('Speed', groups, 'two cores');
  const [own = 0, other = 0] = barWidths(svg);
  expect(own).toBeGreaterThan(0);
  expect(other / own).toBeCloseTo(2, 1);
  expect(svg).toMatch(/<rect width="760" height="\d+" rx="10" fill="#ffffff"\/>/);
});

test('texts are escaped, and the text alternative says every figure', () => {
  const svg = barChart('A < B', groups, '');
  expect(svg).toContain('<title>A &lt; B</title>');
  expect(svg).toContain('number[] &amp; &lt;others&gt;');
  expect(svg).not.toContain('<others>');
  expect(svg).toContain('<desc>Inference: ours 30 ms, number[] &amp; &lt;others&gt; 60 ms</desc>');
});

test('a bar without a length is refused', () => {
  const bars = [{ label: 'x', value: Number.NaN, isOwn: false, text: '' }];
  expect(() => barChart('t', [{ title: 'g', bars }], '')).toThrow(RangeError);
});
