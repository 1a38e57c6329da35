/** What the parts of a benchmark run share, and what they give. */
import type { ChartFigures } from './report';
import type { Table } from './table';

export const PARTS = [
  'inference',
  'page',
  'click',
  'cost',
  'growth',
  'accuracy',
  'agreement',
  'own-labels',
] as const;
export type PartName = (typeof PARTS)[number];

export interface BenchRun {
  /** Folder of the built extension. */
  extensionDir: string;
  /** Folder of the built extension with the contenders of the bare inference. */
  contendersDir: string;
  /** Few samples, for a look whether all runs: the figures mean little. */
  isQuick: boolean;
  /** Tells a person what is going on. */
  say: (text: string) => void;
}

export interface PartResult {
  /** What was measured; series with their samples, which are not kept. */
  figures: unknown;
  tables: Table[];
  chart?: ChartFigures;
}

export type Part = (run: BenchRun) => Promise<PartResult>;

/** One build in one round, ready to be measured; figures by name, each of the samples of that round. */
export interface Side {
  measure: (round: number) => Promise<Record<string, number[]>>;
  close: () => Promise<void>;
}

/** Opens one side of a part. Both sides are open at a time. */
export type OpenSide = (run: BenchRun) => Promise<Side>;

/** A part that can be measured round by round: what both sides share, and each side. */
export interface PartInRounds {
  open: OpenSide;
  close: () => Promise<void>;
}
