import type { Summary } from './statistics';

export interface Table {
  title: string;
  columns: string[];
  rows: string[][];
  /** What a reader must know to read the figures right. */
  notes?: string[];
}

/** As many digits as tell something: 3.1, 31.4, 314. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** `31.4 (30.9–32.0)`: median and quartiles. */
export function spread({ median, q1, q3 }: Pick<Summary, 'median' | 'q1' | 'q3'>): string {
  return `${digits(median)} (${digits(q1)}–${digits(q3)})`;
}

/** A table for the terminal: the first column to the left, figures to the right. */
export function formatTable({ title, columns, rows, notes = [] }: Table): string {
  const widths = columns.map((column, place) =>
    Math.max(column.length, ...rows.map((row) => (row[place] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, place) => {
        const cell = cells[place] ?? '';
        return place === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [
    title,
    line(columns),
    rule,
    ...rows.map(line),
    ...notes.map((note) => `  * ${note}`),
    '',
  ].join('\n');
}
