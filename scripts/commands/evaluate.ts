/** `npm run evaluate`: how right the built extension is on labelled photos; one JSON object on stdout. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Prediction } from '../../src/core/saying/prediction';
import { resolveAsset, resolveAssets } from '../assets/resolve';
import { ensureBuild } from '../drive/build-extension';
import { engineChoices } from '../node/choice-option';
import { listSources } from '../classify/sources';
import { type Describer, openDescriber } from '../drive/describer';
import { type Judged, measure } from '../evaluate/measure';
import { parsePhotoLabels } from '../evaluate/photo-labels';
import { reportScriptFailure, ScriptError } from '../node/script-error';

const USAGE = `npm run evaluate -- [--photos DIR --labels CSV] [--not-photos DIR] [--backend auto|webgpu|webgl|wasm|cpu]
  [--model accurate|fast] [--views 1|2|3] [--limit N] [--details FILE]
Without --photos: the pinned photos and non-photos. --limit takes so many of each, evenly spread.
The labels are CSV with the columns file, class_index, synset. --details writes one JSON line an image.
`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        photos: { type: 'string' },
        labels: { type: 'string' },
        'not-photos': { type: 'string' },
        backend: { type: 'string' },
        model: { type: 'string' },
        views: { type: 'string' },
        limit: { type: 'string' },
        details: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const limit = values.limit === undefined ? Infinity : Number(values.limit);
    if (!(limit >= 1)) throw new ScriptError('bad-usage', '--limit is a number from 1.');
    if ((values.photos === undefined) !== (values.labels === undefined)) {
      throw new ScriptError('bad-usage', '--photos and --labels belong together.');
    }
    return { ...values, limit, choices: engineChoices(values) };
  } catch (error) {
    throw new ScriptError('bad-usage', error instanceof Error ? error.message : String(error));
  }
}

/** At most `limit` of the items, evenly spread over them. */
function spread<T>(items: readonly T[], limit: number): T[] {
  if (items.length <= limit) return [...items];
  return items.filter(
    (_item, index) =>
      Math.floor((index * limit) / items.length) !==
      Math.floor(((index - 1) * limit) / items.length),
  );
}

function showProgress(what: string, done: number, all: number): void {
  const isLast = done === all;
  if (process.stderr.isTTY) {
    process.stderr.write(`\r${what} ${done}/${all}${isLast ? '\n' : ''}`);
  } else if (isLast || done % 20 === 0) {
    process.stderr.write(`${what} ${done}/${all}\n`);
  }
}

interface Said {
  prediction: Prediction | null;
  failure: string | null;
}

async function ask(describer: Describer, file: string): Promise<Said> {
  try {
    const { result } = await describer.describe(file);
    if (result.ok) return { prediction: result.prediction, failure: null };
    return { prediction: null, failure: `${result.error.code}: ${result.error.message}` };
  } catch (error) {
    return { prediction: null, failure: error instanceof Error ? error.message : String(error) };
  }
}

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  const isPinned = options.photos === undefined;
  const labelsFile = options.labels ?? (await resolveAsset('photos/photos.csv'));
  const labelled = parsePhotoLabels(await readFile(labelsFile, 'utf8'));
  if (isPinned) await resolveAssets('photos/');
  const fileOf = async (name: string): Promise<string> =>
    options.photos === undefined ? resolveAsset(`photos/${name}`) : join(options.photos, name);
  const photos = spread(labelled, options.limit);
  const notPhotoFolder =
    options['not-photos'] ??
    (isPinned ? dirname((await resolveAssets('not-photos/'))[0]?.file ?? '') : null);
  const notPhotos =
    notPhotoFolder === null ? [] : spread(await listSources([notPhotoFolder]), options.limit);

  const details: string[] = [];
  const note = (file: string, truth: string | null, said: Said): void => {
    details.push(JSON.stringify({ file, truth, ...said }));
    if (said.failure !== null) process.stderr.write(`\n${file}: ${said.failure}\n`);
  };
  const describer = await openDescriber({
    extensionDir: await ensureBuild(),
    ...options.choices,
  });
  const judged: Judged[] = [];
  const spoken: boolean[] = [];
  const started = performance.now();
  try {
    for (const [index, photo] of photos.entries()) {
      const said = await ask(describer, await fileOf(photo.file));
      note(photo.file, photo.synset, said);
      judged.push({ photo, prediction: said.prediction });
      showProgress('photos', index + 1, photos.length);
    }
    for (const [index, file] of notPhotos.entries()) {
      const said = await ask(describer, file);
      note(file, null, said);
      spoken.push((said.prediction?.hint ?? null) !== null);
      showProgress('non-photos', index + 1, notPhotos.length);
    }
  } finally {
    await describer.close();
  }
  if (options.details !== undefined) await writeFile(options.details, `${details.join('\n')}\n`);
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
    backend: judged.find(({ prediction }) => prediction !== null)?.prediction?.backend ?? null,
    model: options.choices.variant,
    views: options.choices.views,
    seconds: Math.round(seconds * 10) / 10,
  };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (counts.failed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  reportScriptFailure(error);
  const isUsage = error instanceof ScriptError && error.code === 'bad-usage';
  if (isUsage) process.stderr.write(USAGE);
  process.exitCode = isUsage ? 2 : 1;
}
