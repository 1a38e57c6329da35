/** What stays of a run: `bench/latest.json` and README's chart. */
import { type BarGroup, barChart } from './chart';
import type { MachineFacts } from './machine';
import { digits } from './table';

export interface ChartBar {
  label: string;
  median: number;
  q1: number;
  q3: number;
  isOwn: boolean;
}

/** A part's group of bars in the chart. */
export interface ChartFigures {
  title: string;
  unit: 'ms' | 's';
  bars: ChartBar[];
}

/**
 * Figures as they are kept: of each series its median, its quartiles and how many there were, in place
 * of the samples.
 */
export function withoutSamples(figures: unknown): unknown {
  if (Array.isArray(figures)) return figures.map(withoutSamples);
  if (!isObject(figures)) return figures;
  const { samples, ...rest } = figures;
  const kept = Array.isArray(samples) ? { count: samples.length, ...rest } : figures;
  return Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [name, withoutSamples(value)]),
  );
}

export interface MeasuredPart {
  /** ISO 8601, UTC. */
  measuredAt: string;
  seconds: number;
  machine: MachineFacts;
  figures: unknown;
  chart?: ChartFigures;
}

/** The content of `bench/latest.json`: parts measured alone keep their own date and machine. */
export interface Latest {
  format: 2;
  extensionVersion: string;
  parts: Record<string, MeasuredPart>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The parts of an older file, where it is one; what cannot be read is measured anew, not kept. */
export function earlierParts(text: string | null): Record<string, MeasuredPart> {
  if (text === null) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isObject(parsed) || parsed.format !== 2 || !isObject(parsed.parts)) return {};
    return parsed.parts as Record<string, MeasuredPart>;
  } catch {
    return {};
  }
}

function groupOf({ title, unit, bars }: ChartFigures): BarGroup {
  return {
    title: `${title} (${unit === 'ms' ? 'milliseconds' : 'seconds'}, shorter is better)`,
    bars: bars.map(({ label, median, q1, q3, isOwn }) => ({
      label,
      value: median,
      spread: [q1, q3],
      isOwn,
      text: `${digits(median)} ${unit}`,
    })),
  };
}

/** README's chart as SVG, of the parts that have figures for one; null where none has. */
export function drawChart({ parts }: Latest): string | null {
  const measured = Object.values(parts);
  const groups = measured.flatMap(({ chart }) => (chart === undefined ? [] : [groupOf(chart)]));
  const [first] = measured;
  if (first === undefined || groups.length === 0) return null;
  const { cores, browser } = first.machine;
  // Some builds add where they were built.
  const [version = browser] = /^.*?[\d.]+/.exec(browser) ?? [];
  return barChart(
    'How fast Alt Lens is',
    groups,
    `${cores} cores, no GPU used, ${version}, ${first.measuredAt.slice(0, 10)}. Bars: medians; lines: quartiles.`,
  );
}
