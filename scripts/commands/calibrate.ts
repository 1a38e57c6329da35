/**
 * Fits the constants of src/core/saying/calibration.generated.ts and says how good they are.
 *
 *     npm run calibrate                          prints the figures
 *     npm run calibrate -- --set all --write     writes the constants as well, as they are now
 *     npm run calibrate -- --sizes               also how right looks are at pictures that travel at 256 px
 *     npm run calibrate -- --fresh               asks the models again instead of using what is kept in build/
 *     npm run calibrate -- --set pinned|more|all other photos than the 120 pinned ones; they are
 *                                                downloaded when first asked for (65 MB)
 *     npm run calibrate -- --kin                 writes how alike the classes are, by the weights alone, and
 *                                                nothing else: before a fit, after other weights
 *
 * Material: the development photos with copies that distort them, the pinned pictures that are no
 * photos, and drawn ones (scripts/calibration/drawings). Figures are cross-validated: every picture
 * is judged by constants fitted without it, its copies and its neighbours in WordNet (six folds); the calibration
 * error leaves out one photo at a time.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { RASTER_SHORT_SIDE_PX } from '../../src/core/look/raster';
import { MODEL_VARIANTS, type ModelVariant } from '../../src/core/saying/prediction';
import { type Calibrations, fitCalibrations, isPhoto, isShaped } from '../calibration/fit';
import { kinModule, kinOf } from '../calibration/kin';
import { printLooks } from '../calibration/looks-table';
import { calibrationModule } from '../calibration/module';
import { observe, VIEW_COUNTS } from '../calibration/observe';
import { listDrawings, listNotPhotos, listPhotos } from '../calibration/pictures';
import { renderNotPhotos } from '../calibration/render';
import {
  crossValidate,
  printCurve,
  printFigures,
  printLookTable,
  printTexts,
} from '../calibration/report';
import { ensureBrowser } from '../drive/browser';
import { loadLookingModel } from '../model/model-in-node';
import { choose } from '../node/choice-option';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure } from '../node/script-error';
import { PHOTO_SETS } from '../photos/pinned-photos';

const DRAWINGS_OF_EACH_KIND = 10;

const CONSTANTS = join(PROJECT_ROOT, 'src/core/saying');

/** The least that the centre crop needs: 224 px of 87.5 %. */
const SMALLER_SIDE_PX = 256;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      write: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      sizes: { type: 'boolean', default: false },
      kin: { type: 'boolean', default: false },
      set: { type: 'string', default: 'pinned' },
    },
  });
  if (values.kin) {
    const { classifier } = await loadLookingModel('accurate');
    await writeFile(join(CONSTANTS, 'kin.generated.ts'), kinModule(kinOf(classifier)));
    return;
  }
  const photos = await listPhotos(choose('set', values.set, PHOTO_SETS));
  const drawn = join(PROJECT_ROOT, 'build/not-photos');
  await renderNotPhotos(drawn, DRAWINGS_OF_EACH_KIND, (await ensureBrowser()).path);
  const pictures = [...photos, ...(await listNotPhotos()), ...(await listDrawings(drawn))];

  const fitted: [ModelVariant, Calibrations][] = [];
  for (const variant of MODEL_VARIANTS) {
    const kept = { folder: join(PROJECT_ROOT, 'build/calibration'), isFresh: values.fresh };
    const observations = await observe(variant, pictures, {
      ...kept,
      shortSide: RASTER_SHORT_SIDE_PX,
    });
    console.log(`\n${variant}, how right the looks are`);
    printLooks(`photos at ${RASTER_SHORT_SIDE_PX} px`, observations.filter(isPhoto));
    printLooks('shaped', observations.filter(isShaped));
    if (values.sizes) {
      const smaller = { ...kept, shortSide: SMALLER_SIDE_PX, only: 'as-is' };
      printLooks(`photos at ${SMALLER_SIDE_PX} px`, await observe(variant, photos, smaller));
    }
    const calibrations = fitCalibrations(observations);
    fitted.push([variant, calibrations]);
    const judged = crossValidate(observations);
    printLookTable(variant, judged, calibrations);
    for (const views of VIEW_COUNTS) printFigures(variant, views, judged, calibrations);
    printCurve(variant, judged);
    if (variant === 'accurate') printTexts(observations, calibrations);
  }
  if (!values.write) return;
  await writeFile(join(CONSTANTS, 'calibration.generated.ts'), calibrationModule(fitted));
}

try {
  await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
