import { expect, test } from 'vitest';

import { digits, formatTable, spread } from '../../../bench/table';

test('figures have as many digits as tell something', () => {
  expect([0.1234, 3.14159, 31.41, 314.6, 2745.3].map(digits)).toEqual([
    '0.12',
    '3.14',
    '31.4',
    '315',
    '2745',
  ]);
  expect(digits(Number.NaN)).toBe('–');
  expect(spread({ median: 31.42, q1: 30.9, q3: 120 })).toBe('31.4 (30.9–120)');
});

test('columns stand below each other, notes below the table', () => {
  const table = formatTable({
    title: 'Speed',
    columns: ['way', 'ms'],
    rows: [
      ['ours', '31.4'],
      ['another one', '5'],
    ],
    notes: ['Measured.'],
  });
  expect(table.split('\n')).toEqual([
    'Speed',
    'way            ms',
    '-----------  ----',
    'ours         31.4',
    'another one     5',
    '  * Measured.',
    '',
  ]);
});
