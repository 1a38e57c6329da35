import { PassThrough, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

import type { Counts } from './test-counts';

export interface Step {
  name: string;
  run: (output: Writable) => Promise<Counts>;
  /** Steps that must have passed, or this one cannot run and fails. */
  needs?: readonly string[];
}

export interface StepResult {
  name: string;
  counts: Counts;
  seconds: number;
}

const FAILED: Counts = { passed: 0, failed: 1, skipped: 0, failures: [], unsteady: [] };

/**
 * Runs rows of steps side by side, the steps of a row one after the other. The last row's output is shown
 * as it comes, the others' when their step has ended: two at a time cannot be read.
 * @param known results of steps before, for what these need
 * @returns the results in the order of the rows
 */
export async function runSideBySide(
  rows: readonly (readonly Step[])[],
  known: readonly StepResult[],
  output: Writable,
): Promise<StepResult[]> {
  const results = await Promise.all(
    rows.map((row, place) => runRow(row, known, output, place < rows.length - 1)),
  );
  return results.flat();
}

async function runRow(
  row: readonly Step[],
  known: readonly StepResult[],
  output: Writable,
  isHeld: boolean,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of row) {
    results.push(await runStep(step, [...known, ...results], output, isHeld));
  }
  return results;
}

async function runStep(
  { name, run, needs = [] }: Step,
  known: readonly StepResult[],
  output: Writable,
  isHeld: boolean,
): Promise<StepResult> {
  const missing = known
    .filter((result) => needs.includes(result.name) && result.counts.failed > 0)
    .map((result) => result.name);
  const title = `\n=== ${name}\n`;
  const started = performance.now();
  let counts = FAILED;
  if (missing.length > 0) {
    output.write(`${title}not run: ${missing.join(', ')} failed\n`);
  } else if (isHeld) {
    const held = new PassThrough();
    const printed = text(held);
    counts = await run(held);
    held.end();
    output.write(title + (await printed));
  } else {
    output.write(title);
    counts = await run(output);
  }
  return { name, counts, seconds: (performance.now() - started) / 1000 };
}
