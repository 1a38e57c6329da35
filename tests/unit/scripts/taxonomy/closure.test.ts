import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { hypernymClosure } from '../../../../scripts/taxonomy/closure';
import { labelsModule, taxonomyModule } from '../../../../scripts/taxonomy/modules';
import { readClassLabels, readKinds } from '../../../../scripts/taxonomy/tables';
import { readNounSynsets } from '../../../../scripts/taxonomy/wordnet';

const root = join(import.meta.dirname, '../../../..');

/** Two classes with a common parent; the second has another parent as well. */
const WORDNET = `  1 This is the licence.
00000001 03 n 01 entity 0 000 | the root
00000020 05 n 02 dog 0 domestic_dog 0 002 @ 00000001 n 0000 ~ 00000300 n 0000 | barks
00000040 05 n 01 pet 0 001 @ 00000001 n 0000 | kept
00000300 05 n 01 beagle 0 001 @ 00000020 n 0000 | small
00000400 05 n 01 pug 0 002 @i 00000020 n 0000 @ 00000040 n 0000 | flat
`;

async function withFile<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'alt-lens-taxonomy-'));
  try {
    const path = join(folder, 'data.noun');
    await writeFile(path, text);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('reads lemmas and hypernyms, instance ones too', async () => {
  const synsets = await withFile(WORDNET, readNounSynsets);
  expect(synsets.size).toBe(5);
  expect(synsets.get('00000020')).toEqual({
    offset: '00000020',
    lemmas: ['dog', 'domestic dog'],
    hypernyms: ['00000001'],
  });
  expect(synsets.get('00000400')?.hypernyms).toEqual(['00000020', '00000040']);
});

test('refuses a file in another format', async () => {
  await expect(withFile('hello world\n', readNounSynsets)).rejects.toThrow('not a noun synset');
  await expect(withFile('00000020 05 n 01 dog\n', readNounSynsets)).rejects.toThrow('too early');
});

test('walks up from the classes: classes first, then ancestors by offset', async () => {
  const synsets = await withFile(WORDNET, readNounSynsets);
  expect(hypernymClosure(['00000400', '00000300'], synsets)).toEqual({
    offsets: ['00000400', '00000300', '00000001', '00000020', '00000040'],
    parents: [[3, 4], [3], [], [2], [2]],
  });
  expect(() => hypernymClosure(['00000999'], synsets)).toThrow('00000999');
});

test('the tables must fit the closure', async () => {
  const synsets = await withFile(WORDNET, readNounSynsets);
  const closure = hypernymClosure(['00000400', '00000300'], synsets);
  const labels = [
    { synset: 'n00000400', label: 'a pug' },
    { synset: 'n00000300', label: 'a beagle' },
  ];
  const dog = {
    synset: 'n00000020',
    classes: 2,
    verdict: { said: 'kind', label: 'a dog' },
  } as const;
  const root_ = {
    synset: 'n00000001',
    classes: 2,
    verdict: { said: 'never', reason: 'empty' },
  } as const;
  const pet = {
    synset: 'n00000040',
    classes: 1,
    verdict: { said: 'plain', label: 'a pet' },
  } as const;
  const text = labelsModule(closure, labels, [dog, root_, pet]);
  expect(text).toContain("'a pug|a beagle'");
  expect(text).toContain("'1:a dog|2:=a pet'");
  expect(() => labelsModule(closure, labels, [dog, root_])).toThrow('no verdict on 00000040');
  expect(() => labelsModule(closure, labels, [{ ...dog, classes: 3 }, root_, pet])).toThrow(
    '2 classes',
  );
  expect(() => labelsModule(closure, labels.toReversed(), [dog, root_, pet])).toThrow('misplaced');
});

const wordnet = join(process.env.WORDNET_DIR ?? '/usr/share/wordnet', 'data.noun');

test.skipIf(!existsSync(wordnet))(
  'the committed data is what the generator writes, bit for bit',
  async () => {
    const classLabels = await readClassLabels(join(root, 'scripts/taxonomy/class-labels.tsv'));
    const closure = hypernymClosure(
      classLabels.map(({ synset }) => synset.slice(1)),
      await readNounSynsets(wordnet),
    );
    const labels = labelsModule(
      closure,
      classLabels,
      await readKinds(join(root, 'scripts/taxonomy/kinds.tsv')),
    );
    const committed = (name: string): Promise<string> =>
      readFile(join(root, 'src/core/saying', name), 'utf8');
    expect(taxonomyModule(closure, classLabels.length)).toBe(
      await committed('taxonomy.generated.ts'),
    );
    expect(labels).toBe(await committed('labels.generated.ts'));
  },
);
