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
import { evaluateOwnLabels } from '../evaluate/own-labels';
import { evaluateUnknown } from '../evaluate/unknown-subjects';
import { choose, engineChoices } from '../node/choice-option';
import { failedStatus, ScriptError } from '../node/script-error';
import { PHOTO_SETS } from '../photos/pinned-photos';

const USAGE = `npm run evaluate -- [--photos DIR --labels CSV | --set pinned|more|all] [--not-photos DIR]
  [--backend auto|webgpu|webgl|wasm|cpu] [--model accurate|fast] [--views 1|2|3] [--limit N] [--details FILE]
  [--remove-class] [--floats] [--sheet FILE]
npm run evaluate -- --teach [--set all] [--model …] [--views …]
Without --photos: the 120 pinned photos and the pinned non-photos. --set more: 440 other photos, which
were not calibrated on and are downloaded when first asked for (65 MB); --set all: both.
--remove-class adds falseHints, of 100 photos: what would be said if the model had never learned the true class,
computed in Node by the extension's own code. --floats adds how often floats would say something else. --limit takes so many of each, evenly spread. The labels are CSV with the columns file, class_index, synset. --details writes one JSON line an image,
--sheet a page of all photos with what is said of each, wrong ones first.
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
        backend: { type: 'string' },
        model: { type: 'string' },
        views: { type: 'string' },
        limit: { type: 'string' },
        details: { type: 'string' },
        sheet: { type: 'string' },
        floats: { type: 'boolean', default: false },
        teach: { type: 'boolean', default: false },
        'remove-class': { type: 'boolean', default: false },
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
    return { ...values, limit, set, choices: engineChoices(values) };
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

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) {
    process.stdout.write(USAGE);
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
  const describer = await openDescriber({ extensionDir: await ensureBuild(), ...choices });
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
  const { hintCoverage, hintPrecision, meanBits, calibrationError, ...counts } = measure(judged);
  const summary = {
    ...counts,
    hintCoverage,
    hintPrecision,
    meanBits,
    calibrationError,
    notPhotos: spoken.length,
    notPhotosSpokenOn:
      spoken.length === 0 ? null : spoken.filter((isSpoken) => isSpoken).length / spoken.length,
    ...unknown,
    ...floats,
    backend: judged.find(({ prediction }) => prediction !== null)?.prediction?.backend ?? null,
    model: choices.variant,
    views: choices.views,
    seconds: Math.round(seconds * 10) / 10,
  };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (counts.failed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  process.exitCode = failedStatus(error, USAGE);
}
