/**
 * The words of each language, from scripts/taxonomy/words.
 *
 *     npm run words                    nodes and doublets of each language
 *     npm run words -- --lemmas FILE   agreement with open wordnets (lines of synset, language, source, lemma,
 *                                      parted by tabs), and what differs without a note
 *     npm run words -- --pack          writes build/words, which the build puts into the extension
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { synsetOf } from '../../src/core/saying/taxonomy';
import { labelledNodes } from '../../src/core/saying/words';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure, ScriptError } from '../node/script-error';
import { agreement, parseLemmas } from '../taxonomy/agreement';
import { packComparedWords, readSmallWords } from '../taxonomy/compared-words';
import { doublets, packWords, readWordTables } from '../taxonomy/words';

const order = labelledNodes().map(synsetOf);

async function pack(): Promise<void> {
  const folder = join(PROJECT_ROOT, 'build/words');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const table of await readWordTables()) {
    await writeFile(join(folder, `${table.lang}.txt`), packWords(table, order));
    const compared = packComparedWords(await readSmallWords(table.lang), table, order);
    await writeFile(join(folder, `${table.lang}.compared.txt`), compared);
  }
}

async function list(): Promise<void> {
  for (const table of await readWordTables()) {
    const same = doublets(table);
    process.stdout.write(
      `${table.lang.padEnd(6)} ${table.rows.length} nodes, ${same.length} doublets\n`,
    );
    for (const each of same) process.stdout.write(`       ${each}\n`);
  }
}

async function compare(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ScriptError('lemmas-not-found', `${file} cannot be read.`, { cause });
  });
  const lemmas = parseLemmas(text);
  for (const table of await readWordTables()) {
    const { known, agreeing, others } = agreement(table, lemmas);
    const unexplained = others.filter(({ note }) => note === '');
    const share = known === 0 ? '–' : `${Math.round((100 * agreeing) / known)} %`;
    process.stdout.write(
      `${table.lang.padEnd(6)} ${table.rows.length} nodes; lemmas agree on ${agreeing} of ${known} (${share}); ${unexplained.length} differ without a note\n`,
    );
    for (const { synset, label, lemmas: theirs } of unexplained) {
      process.stdout.write(`       ${synset} ${label}: ${theirs.join(', ')}\n`);
    }
  }
}

try {
  const { values } = parseArgs({
    options: { pack: { type: 'boolean', default: false }, lemmas: { type: 'string' } },
  });
  if (values.pack) await pack();
  else await (values.lemmas === undefined ? list() : compare(values.lemmas));
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
