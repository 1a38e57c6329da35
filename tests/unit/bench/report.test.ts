import { expect, test } from 'vitest';

import {
  drawChart,
  earlierParts,
  type Latest,
  type MeasuredPart,
  withoutSamples,
} from '../../../bench/report';
import { summarize } from '../../../bench/statistics';

const part: MeasuredPart = {
  measuredAt: '2026-11-25T12:00:00.000Z',
  seconds: 1,
  machine: {
    ...{ cores: 2, processor: 'p', memoryGigabytes: 8, system: 's', node: 'n' },
    browser: 'Chromium 156.0.1 built on Somewhere',
  },
  figures: {},
};
const latest = (parts: Latest['parts']): Latest => ({ format: 2, extensionVersion: '1', parts });

test('parts of an earlier run are kept, whatever is no such file is not', () => {
  expect(earlierParts(JSON.stringify(latest({ page: part })))).toEqual({ page: part });
  for (const text of [null, '', '[]', '{"format":1,"parts":{"page":{}}}', '{"format":2}']) {
    expect(earlierParts(text)).toEqual({});
  }
});

test('a series is kept as its median, its quartiles and its length', () => {
  const figures = {
    kinds: [{ title: 'warm', labelMs: summarize([3, 1, 2]) }],
    looks: 4,
    none: null,
  };
  expect(withoutSamples(figures)).toEqual({
    kinds: [{ title: 'warm', labelMs: { count: 3, median: 2, q1: 1.5, q3: 2.5 } }],
    ...{ looks: 4, none: null },
  });
});

test('the chart holds the parts that have one', () => {
  expect(drawChart(latest({ growth: part }))).toBeNull();
  const bars = [{ label: 'ours', median: 31.42, q1: 30, q3: 33, isOwn: true }];
  const chart = { title: 'One picture', unit: 'ms' as const, bars };
  const svg = drawChart(latest({ growth: part, inference: { ...part, chart } }));
  expect(svg).toContain('One picture (milliseconds, shorter is better)');
  expect(svg).toContain('31.4 ms');
  expect(svg).toContain('2 cores, no GPU used, Chromium 156.0.1, 2026-11-25.');
});
