/** `npm run pictures`: packs the welcome page's photos into build/pictures, getting them first. */
import { join } from 'node:path';

import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure } from '../node/script-error';
import { packPictures } from '../pictures/pack-pictures';

try {
  const bytes = await packPictures(join(PROJECT_ROOT, 'build', 'pictures'));
  process.stdout.write(`pictures: ${(bytes / 1e3).toFixed(1)} kB\n`);
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
