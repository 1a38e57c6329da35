/** What a fit is worth, printed for a person. */
import { basename } from 'node:path';

import type { Calibration } from '../../src/core/saying/calibration';
import type { ModelVariant } from '../../src/core/saying/prediction';
import { hintText } from '../../src/core/saying/wording';
import { calibrationErrorOf, errorByChance, type Stated } from './calibration-error';
import { hintFigures, type Judged, LEAST_SAID, statedClasses, statedHints } from './figures';
import {
  type Calibrations,
  fitCalibrations,
  hintOf,
  isDistorted,
  isPhoto,
  isShaped,
  isTrue,
  viewsTaken,
} from './fit';
import { LOOK_COUNTS, type LookCount, type Observation, VIEW_COUNTS } from './observe';

const FOLDS = 6;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Each fold, and what is outside of it: neighbouring classes, and what is no photo of one kind, are in one fold. */
export function foldsOf(
  observations: readonly Observation[],
): { inside: Observation[]; outside: Observation[] }[] {
  const groups = [...new Set(observations.map(groupOf))].sort();
  const foldOf = new Map(groups.map((group, place) => [group, place % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const isInside = (observation: Observation): boolean =>
      foldOf.get(groupOf(observation)) === fold;
    return {
      inside: observations.filter(isInside),
      outside: observations.filter((observation) => !isInside(observation)),
    };
  });
}

/** Every observation with constants that were fitted without its photo, its class's neighbours or its kind. */
export function crossValidate(observations: readonly Observation[]): Judged[] {
  return foldsOf(observations).flatMap(({ inside, outside }) => {
    const calibrations = fitCalibrations(outside);
    return inside.map((observation) => ({ observation, calibrations }));
  });
}

/** Classes beside each other are of one kind in WordNet: neighbours are held out together. */
const NEIGHBOURS = 10;

const groupOf = ({ classIndex, kind }: Observation): string =>
  classIndex === null ? kind : `class ${Math.floor(classIndex / NEIGHBOURS)}`;

function line(name: string, judged: readonly Judged[], views: LookCount): void {
  const figures = hintFigures(judged, views);
  const { pictures, coverage, precision, meanBits, takenForPhoto, meanViews } = figures;
  const quality = Number.isNaN(precision)
    ? ''
    : `, precision ${percent(precision)}, ${meanBits.toFixed(2)} bits`;
  const unknown =
    figures.falseHints === null ? '' : `, false where unknown ${percent(figures.falseHints)}`;
  console.log(
    `  ${name.padEnd(14)} ${String(pictures).padStart(4)} pictures, ${meanViews.toFixed(2)} looks, taken for photos ${percent(takenForPhoto)}, spoken on ${percent(coverage)}${quality}${unknown}`,
  );
}

function printError(name: string, stated: readonly Stated[], from = 0): void {
  const { mean, most } = errorByChance(stated, from);
  const chance = `by chance ${mean.toFixed(3)}, at most ${most.toFixed(3)}`;
  console.log(
    `  ${name.padEnd(16)} calibration error ${calibrationErrorOf(stated, from).toFixed(3)} (${chance})`,
  );
}

/** What each look more is worth: of photos, cross-validated, one look more than the extension takes among them. */
export function printLookTable(
  variant: ModelVariant,
  judged: readonly Judged[],
  calibrations: Calibrations,
): void {
  const photos = judged.filter(({ observation }) => isPhoto(observation));
  const seen = photos.map(({ observation }) => observation);
  console.log(`\n${variant}, 1 to 4 looks at photos, cross-validated`);
  for (const looks of LOOK_COUNTS) {
    line(looks === 1 ? '1 look' : `up to ${looks} looks`, photos, looks);
    printError('likeliest class', statedClasses(seen, looks, calibrations));
    printError('hints', statedHints(photos, looks), LEAST_SAID);
  }
}

/** How often and how rightly a variant speaks, by what the pictures are and how they were made. */
export function printFigures(
  variant: ModelVariant,
  views: LookCount,
  judged: readonly Judged[],
  calibrations: Calibrations,
): void {
  const photos = judged.filter(({ observation }) => isPhoto(observation));
  console.log(`\n${variant}, ${views === 1 ? '1 view' : `up to ${views} views`}, cross-validated`);
  line('photos', photos, views);
  const shaped = judged.filter(({ observation }) => isShaped(observation));
  line('shaped', shaped, views);
  const seen = photos.map(({ observation }) => observation);
  printError('likeliest class', statedClasses(seen, views, calibrations));
  printError('hints', statedHints(photos, views), LEAST_SAID);
  line(
    'distorted',
    judged.filter(({ observation }) => isDistorted(observation)),
    views,
  );
  if (views > 1) {
    const known = judged.filter(
      ({ observation }) => isPhoto(observation) || isDistorted(observation),
    );
    const isSettled = ({ observation, calibrations: own }: Judged): boolean =>
      viewsTaken(observation, views, own) === 1;
    line('settled', known.filter(isSettled), views);
    line(
      'looked again',
      known.filter((each) => !isSettled(each)),
      views,
    );
  }
  const notPhotos = judged.filter(({ observation }) => observation.classIndex === null);
  line('not photos', notPhotos, views);
  if (views !== VIEW_COUNTS.at(-1)) return;
  for (const made of [...new Set(judged.map(({ observation }) => observation.made))]) {
    if (made === 'as-is' || made === 'jpeg') continue;
    line(
      made,
      judged.filter(({ observation }) => observation.made === made),
      views,
    );
  }
  for (const kind of [...new Set(notPhotos.map(({ observation }) => observation.kind))]) {
    line(
      kind,
      notPhotos.filter(({ observation }) => observation.kind === kind),
      views,
    );
  }
}

/** By so many log odds the curve moves the chance of truth from which on a node is said. */
const STEPS = [-1, -0.5, 0, 0.5, 1, 1.5, 2];

function moved({ leastTruth, ...constants }: Calibration, step: number): Calibration {
  const odds = Math.log(leastTruth / (1 - leastTruth)) + step;
  return { ...constants, leastTruth: 1 / (1 + Math.exp(-odds)) };
}

/** Coverage of known subjects against false hints of unknown ones: what more care and less would give. */
export function printCurve(variant: ModelVariant, judged: readonly Judged[]): void {
  console.log(`\n${variant}, up to 2 views, with more and less care, cross-validated`);
  const photos = judged.filter(({ observation }) => isPhoto(observation));
  for (const step of STEPS) {
    const others = photos.map(({ observation, calibrations }) => ({
      observation,
      calibrations: {
        ...{ 1: moved(calibrations[1], step), 2: moved(calibrations[2], step) },
        3: moved(calibrations[3], step),
        4: moved(calibrations[4], step),
      },
    }));
    line(`${step > 0 ? '+' : ''}${step.toFixed(1)}`, others, 2);
  }
}

/** What would be said of each photo and wrongly of others, surest first. */
export function printTexts(observations: readonly Observation[], calibrations: Calibrations): void {
  const said = observations.flatMap((observation) => {
    const hint = hintOf(observation, 3, calibrations);
    return hint === null ? [] : [{ observation, hint, right: isTrue(hint, observation) }];
  });
  said.sort((a, b) => b.hint.probability - a.hint.probability);
  console.log('\nsaid of photos');
  for (const { observation, hint, right } of said) {
    if (!isPhoto(observation)) continue;
    console.log(
      `  ${right ? 'right' : 'WRONG'} ${hint.probability.toFixed(3)} ${hintText(hint.label)} (${basename(observation.source)})`,
    );
  }
  console.log('\nsaid wrongly of copies and of what is no photo');
  for (const { observation, hint, right } of said) {
    if (right || isPhoto(observation)) continue;
    console.log(
      `  ${hint.probability.toFixed(3)} ${hintText(hint.label)} (${observation.kind} ${basename(observation.source)} ${observation.made})`,
    );
  }
}
