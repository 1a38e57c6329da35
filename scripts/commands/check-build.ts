/** The end of `npm run build`: what a bundler can get wrong is an error here, not in a person's browser. */
import { resolve } from 'node:path';

import { checkFolder } from '../build/check/check-folder';
import { folderOf, TARGETS } from '../manifest/targets';

const chromium = resolve(process.argv[2] ?? 'dist');
const problems = TARGETS.flatMap((target) =>
  checkFolder(folderOf(target, chromium), target).map((problem) => `${target}: ${problem}`),
);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(
  problems.length === 0 ? 'The builds are as they should be.\n' : `${problems.length} problems.\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
