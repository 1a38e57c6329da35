/** Another build of the extension beside this one: in turn, in the same run, on the same machine. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { ScriptError } from '../scripts/node/script-error';
import { accuracyRounds } from './parts/accuracy';
import { clickRounds } from './parts/click';
import { costRounds } from './parts/cost';
import { growthRounds } from './parts/growth';
import { inferenceRounds } from './parts/inference';
import { pageRounds } from './parts/page';
import { type BenchRun, type PartInRounds, type PartName, PARTS, type Side } from './run';
import { pairedRatio, rotated, type Summary, summarize } from './statistics';
import { digits, spread, type Table } from './table';

/** Parts in which two builds can take turns: `agreement` has no times, and `own-labels` needs no build. */
export const AGAINST_PARTS = PARTS.filter(isAgainstPart);
export type AgainstPart = Exclude<PartName, 'agreement' | 'own-labels'>;

const PREPARE: Readonly<Record<AgainstPart, (run: BenchRun) => Promise<PartInRounds>>> = {
  inference: inferenceRounds,
  page: pageRounds,
  click: clickRounds,
  cost: costRounds,
  growth: growthRounds,
  accuracy: accuracyRounds,
};

/** @returns whether a part can be measured against another build */
export function isAgainstPart(name: PartName): name is AgainstPart {
  return name !== 'agreement' && name !== 'own-labels';
}

export const ROUNDS = 5;

export interface Compared {
  figure: string;
  own: Summary;
  other: Summary;
  /** This build over the other one, round by round; below 1 is less. */
  ratio: Summary;
}

/**
 * The built extension in a folder: a checkout with its `dist`, or the built folder itself.
 * @throws ScriptError `build-not-found`
 */
export function builtIn(folder: string): string {
  const at = resolve(folder);
  // A checkout has a manifest of its own, which is no build.
  const built = existsSync(join(at, 'package.json')) ? join(at, 'dist') : at;
  if (existsSync(join(built, 'manifest.json'))) return built;
  throw new ScriptError('build-not-found', `${built}: no manifest.json there; build it first.`);
}

/** The figures of both sides over the rounds. A figure that one side lacks is left out. */
export function compareRounds(
  own: readonly Record<string, number[]>[],
  other: readonly Record<string, number[]>[],
): Compared[] {
  return Object.keys(own[0] ?? {}).flatMap((figure) => {
    const ours = own.map((round) => round[figure] ?? []);
    const theirs = other.map((round) => round[figure] ?? []);
    if ([...ours, ...theirs].some(({ length }) => length === 0)) return [];
    return [
      {
        figure,
        own: summarize(ours.flat()),
        other: summarize(theirs.flat()),
        ratio: pairedRatio(ours, theirs),
      },
    ];
  });
}

/** Measures a part of two builds in turn; each begins as many rounds as the other, or one more. */
export async function measureAgainst(
  part: AgainstPart,
  run: BenchRun,
  otherDir: string,
  rounds: number,
): Promise<{ figures: Compared[]; table: Table }> {
  const { open, close } = await PREPARE[part](run);
  const own: Record<string, number[]>[] = [];
  const other: Record<string, number[]>[] = [];
  const sides: { side: Side; name: string; measured: Record<string, number[]>[] }[] = [];
  try {
    sides.push({ side: await open(run), name: 'this build', measured: own });
    const otherRun = { ...run, extensionDir: otherDir };
    sides.push({ side: await open(otherRun), name: 'the other', measured: other });
    for (let round = 1; round <= rounds; round += 1) {
      for (const { side, name, measured } of rotated(sides, round - 1)) {
        run.say(`${part}: round ${round} of ${rounds}, ${name}`);
        measured.push(await side.measure(round));
      }
    }
  } finally {
    for (const { side } of sides) await side.close();
    await close();
  }
  const figures = compareRounds(own, other);
  return { figures, table: tableOf(part, otherDir, figures) };
}

function tableOf(part: AgainstPart, otherDir: string, figures: readonly Compared[]): Table {
  return {
    title: `${part}: this build against ${otherDir}`,
    columns: ['', 'this build', 'the other', 'ratio by rounds', 'each round'],
    rows: figures.map(({ figure, own, other, ratio }) => [
      figure,
      spread(own),
      spread(other),
      spread(ratio),
      ratio.samples.map(digits).join(' '),
    ]),
    notes: [
      'Medians with quartiles. The ratio is that of each round’s medians, this over the other.',
    ],
  };
}
