/** `npm run evaluate`: how right the built extension is on labelled photos; one JSON object on stdout. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { ensureBuild } from '../drive/build-extension';
import { openDescriber } from '../drive/describer';
import { compareWithFloats } from '../evaluate/against-floats';
import { contactSheet } from '../evaluate/contact-sheet';
import { evaluatePictures, type Said } from '../evaluate/evaluate-pictures';
import { evaluationMaterial, spread } from '../evaluate/material';
import { measure } from '../evaluate/measure';
import { evaluateAgreement } from '../evaluate/agreement';
import { evaluateShapes } from '../evaluate/shapes';
import { evaluateTwo } from '../evaluate/two';
import { evaluateOwnLabels } from '../evaluate/own-labels';
import { evaluateUnknown } from '../evaluate/unknown-subjects';
import { TARGETS } from '../manifest/targets';
import { evaluateWhere } from '../evaluate/where';
import { choose, engineChoices } from '../node/choice-option';
import { failedStatus, ScriptError } from '../node/script-error';
import { PHOTO_SETS, pinnedPhotos } from '../photos/pinned-photos';

/** So many are put together at most. */
const COMPOSITIONS = 100;
const PAIRS = 300;

const USAGE = `npm run evaluate -- [--photos DIR --labels CSV | --set pinned|more|all] [--not-photos DIR]
  [--browser chromium|firefox] [--backend auto|webgpu|webgl|wasm|cpu] [--model accurate|fast] [--views 1|2|3] [--limit N] [--details FILE]
  [--remove-class] [--floats] [--sheet FILE]
npm run evaluate -- --where | --two | --agreement | --shapes [--set pinned|more|all] [--model accurate|fast] [--views 1|2|3] [--limit N]
npm run evaluate -- --teach [--set all] [--model …] [--views …]
Without --photos: the 120 pinned photos and the pinned non-photos. --set more: 440 other photos, which
were not calibrated on and are downloaded when first asked for (65 MB); --set all: both.
--remove-class adds falseHints, of 100 photos: what would be said if the model had never learned the true class,
computed in Node by the extension's own code. --floats adds how often floats would say something else. --limit takes so many of each, evenly spread. The labels are CSV with the columns file, class_index, synset. --details writes one JSON line an image,
--sheet a page of all photos with what is said of each, wrong ones first.
--where asks of compositions, 100 by default, each a photo in one corner of a neutral scene: is the map of the label
there? --two, of 300 pairs of photos, side by side, one above the other, one inset in the other, and of 300 single
ones: are two things named where there are two, and nowhere else? --agreement: how often do two looks at a photo name
the same class, and the two models? --shapes: what is said of the photos set into the shapes of natural ones, their
borders carried on, and cut to such shapes, which loses parts of their subjects? All in Node, by the extension's own code.
--teach tells how well own labels are told from a few examples, and asks no browser; of all photos unless --set says otherwise.
`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        photos: { type: 'string' },
        labels: { type: 'string' },
        set: { type: 'string' },
        'not-photos': { type: 'string' },
        browser: { type: 'string', default: 'chromium' },
        backend: { type: 'string' },
        model: { type: 'string' },
        views: { type: 'string' },
        limit: { type: 'string' },
        details: { type: 'string' },
        sheet: { type: 'string' },
        floats: { type: 'boolean', default: false },
        teach: { type: 'boolean', default: false },
        'remove-class': { type: 'boolean', default: false },
        where: { type: 'boolean', default: false },
        two: { type: 'boolean', default: false },
        agreement: { type: 'boolean', default: false },
        shapes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const limit = values.limit === undefined ? Infinity : Number(values.limit);
    if (!(limit >= 1)) throw new ScriptError('bad-usage', '--limit is a number from 1.');
    if ((values.photos === undefined) !== (values.labels === undefined)) {
      throw new ScriptError('bad-usage', '--photos and --labels belong together.');
    }
    if (values.photos !== undefined && values.set !== undefined) {
      throw new ScriptError(
        'bad-usage',
        '--set chooses among the pinned photos; not with --photos.',
      );
    }
    const set = choose('set', values.set ?? (values.teach ? 'all' : 'pinned'), PHOTO_SETS);
    const target = choose('browser', values.browser, TARGETS);
    return { ...values, limit, set, target, choices: engineChoices(values) };
  } catch (error) {
    throw new ScriptError('bad-usage', error instanceof Error ? error.message : String(error));
  }
}

function showProgress(what: string, done: number, all: number): void {
  const isLast = done === all;
  if (process.stderr.isTTY) {
    process.stderr.write(`\r${what} ${done}/${all}${isLast ? '\n' : ''}`);
  } else if (isLast || done % 20 === 0) {
    process.stderr.write(`${what} ${done}/${all}\n`);
  }
}

/** Asks of compositions, of which it is known what is where. */
async function measureWhere({ set, limit, choices }: ReturnType<typeof readArguments>) {
  const photos = spread(await pinnedPhotos(set), Math.min(limit, COMPOSITIONS));
  const where = await evaluateWhere(photos, choices.variant, (done) => {
    showProgress('compositions', done, photos.length);
  });
  process.stdout.write(`${JSON.stringify({ where, model: choices.variant }, null, 2)}\n`);
}

async function measureTwo({ set, limit, choices }: ReturnType<typeof readArguments>) {
  const count = Math.min(limit, PAIRS);
  const two = await evaluateTwo(await pinnedPhotos(set), count, choices.variant, (done) => {
    showProgress('pairs', done, count);
  });
  process.stdout.write(`${JSON.stringify({ two, model: choices.variant }, null, 2)}\n`);
}

async function measureAgreement({ set, limit }: ReturnType<typeof readArguments>) {
  const photos = spread(await pinnedPhotos(set), limit);
  const agreement = await evaluateAgreement(photos, (done) => {
    showProgress('photos', done, photos.length);
  });
  process.stdout.write(`${JSON.stringify({ agreement }, null, 2)}\n`);
}

async function measureShapes({ set, limit, choices }: ReturnType<typeof readArguments>) {
  const photos = spread(await pinnedPhotos(set), limit);
  const shapes = await evaluateShapes(photos, choices, (done) => {
    showProgress('photos', done, photos.length);
  });
  const { variant: model, views } = choices;
  process.stdout.write(`${JSON.stringify({ shapes, model, views }, null, 2)}\n`);
}

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (options.where) {
    await measureWhere(options);
    return;
  }
  if (options.agreement) {
    await measureAgreement(options);
    return;
  }
  if (options.shapes) {
    await measureShapes(options);
    return;
  }
  if (options.two) {
    await measureTwo(options);
    return;
  }
  const { photos: folder, labels, limit, choices } = options;
  const material = await evaluationMaterial({
    own: folder === undefined || labels === undefined ? null : { folder, labels },
    notPhotos: options['not-photos'] ?? null,
    set: options.set,
  });
  if (options.teach) {
    const measures = await evaluateOwnLabels(material.photos, choices);
    process.stdout.write(`${JSON.stringify(measures, null, 2)}\n`);
    return;
  }
  const details: string[] = [];
  const onSaid = (file: string, truth: string | null, said: Said): void => {
    details.push(JSON.stringify({ file, truth, ...said }));
    if (said.failure !== null) process.stderr.write(`\n${file}: ${said.failure}\n`);
  };
  const { target } = options;
  const extensionDir = await ensureBuild(target);
  const describer = await openDescriber({ target, extensionDir, ...choices });
  const started = performance.now();
  const { judged, spoken } = await evaluatePictures(
    describer,
    spread(material.photos, limit),
    spread(material.notPhotos, limit),
    { onSaid, onProgress: showProgress },
  ).finally(() => describer.close());
  const unknown = options['remove-class']
    ? await evaluateUnknown(spread(material.photos, limit), choices, (file, hint, isTrue) => {
        details.push(JSON.stringify({ file, isClassRemoved: true, hint, isTrue }));
      })
    : {};
  const floats = options.floats
    ? await compareWithFloats(spread(material.photos, limit), choices)
    : {};
  if (options.details !== undefined) await writeFile(options.details, `${details.join('\n')}\n`);
  if (options.sheet !== undefined) {
    const paths = new Map(material.photos.map(({ file, path }) => [file, path]));
    await writeFile(
      options.sheet,
      contactSheet(judged, ({ file }) => paths.get(file) ?? file),
    );
  }
  const seconds = (performance.now() - started) / 1000;
  const answered = spoken.filter((isSpoken) => isSpoken !== null);
  const { hintCoverage, hintPrecision, meanBits, ...measured } = measure(judged);
  const { calibrationError, calibrationErrorByChance, ...counts } = measured;
  const summary = {
    ...counts,
    hintCoverage,
    hintPrecision,
    meanBits,
    calibrationError,
    calibrationErrorByChance,
    notPhotos: spoken.length,
    notPhotosFailed: spoken.length - answered.length,
    notPhotosSpokenOn:
      answered.length === 0
        ? null
        : answered.filter((isSpoken) => isSpoken).length / answered.length,
    ...unknown,
    ...floats,
    backend: judged.find(({ prediction }) => prediction !== null)?.prediction?.backend ?? null,
    model: choices.variant,
    views: choices.views,
    seconds: Math.round(seconds * 10) / 10,
  };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (counts.failed > 0 || answered.length < spoken.length) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  process.exitCode = failedStatus(error, USAGE);
}
