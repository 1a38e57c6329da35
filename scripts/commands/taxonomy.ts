/**
 * Writes src/core/saying/taxonomy.generated.ts and src/core/saying/labels.generated.ts from WordNet 3.0's noun file
 * (Debian: `apt-get install wordnet-base`; elsewhere set WORDNET_DIR to its `dict` folder), the
 * class list and the reviewed tables in scripts/taxonomy. The same input gives the same bytes.
 *
 *     npm run taxonomy              writes the files
 *     npm run taxonomy -- --check   fails if they would change
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { hypernymClosure } from '../taxonomy/closure';
import { labelsModule, taxonomyModule } from '../taxonomy/modules';
import { readClasses, readClassLabels, readKinds, STOP_REASONS } from '../taxonomy/tables';
import { readNounSynsets } from '../taxonomy/wordnet';

const root = join(import.meta.dirname, '../..');
const wordnet = join(process.env.WORDNET_DIR ?? '/usr/share/wordnet', 'data.noun');
if (!existsSync(wordnet)) {
  throw new Error(
    `${wordnet} does not exist: install Debian's wordnet-base, or set WORDNET_DIR to the folder with WordNet 3.0's data.noun.`,
  );
}

const classes = await readClasses(join(root, 'scripts/taxonomy/imagenet-classes.tsv'));
const closure = hypernymClosure(
  classes.map((synset) => synset.slice(1)),
  await readNounSynsets(wordnet),
);
const kinds = await readKinds(join(root, 'scripts/taxonomy/kinds.tsv'));
const modules = {
  'src/core/saying/taxonomy.generated.ts': taxonomyModule(closure, classes.length),
  'src/core/saying/labels.generated.ts': labelsModule(
    closure,
    await readClassLabels(join(root, 'scripts/taxonomy/class-labels.tsv')),
    kinds,
  ),
};

let stale = 0;
for (const [path, text] of Object.entries(modules)) {
  const target = join(root, path);
  const before = existsSync(target) ? await readFile(target, 'utf8') : '';
  if (before !== text) stale += 1;
  if (!process.argv.includes('--check')) await writeFile(target, text);
  console.log(`${path}: ${text.length} characters${before === text ? '' : ', changed'}`);
}
const severalParents = closure.parents
  .slice(0, classes.length)
  .filter((of) => of.length > 1).length;
console.log(
  `${closure.offsets.length} synsets: ${classes.length} classes (${severalParents} with several parents), ${closure.offsets.length - classes.length} ancestors`,
);
const said = kinds.filter(({ verdict }) => verdict.said !== 'never').length;
console.log(`${said} ancestors can be said; never said:`);
for (const [reason, why] of Object.entries(STOP_REASONS)) {
  const count = kinds.filter(
    ({ verdict: of }) => of.said === 'never' && of.reason === reason,
  ).length;
  console.log(`  ${String(count).padStart(4)} ${reason}: ${why}`);
}
if (stale > 0 && process.argv.includes('--check')) process.exitCode = 1;
