/** What the parts of a benchmark run share, and what they give. */
import type { ChartFigures } from './report';
import type { Table } from './table';

export const PARTS = ['inference', 'page', 'click', 'cost', 'growth', 'accuracy'] as const;
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
  /** Everything that was measured, raw samples included. */
  figures: unknown;
  tables: Table[];
  chart?: ChartFigures;
}

export type Part = (run: BenchRun) => Promise<PartResult>;
