import 'fake-indexeddb/auto';
import { setBackend } from '@tensorflow/tfjs-core';
import { IDBFactory } from 'fake-indexeddb';
import { zipSync } from 'fflate';
import { openDB } from 'idb';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';

import type { OwnModels } from '../../../src/background/own-models';
import type { OwnModel } from '../../../src/core/own-models/own-model';
import type { BroughtFile } from '../../../src/core/own-models/model-parts';
import { createModelRunner } from '../../../src/inference/own-models/model-runner';
import { openModel } from '../../../src/inference/own-models/open-model';
import { zippedLabelModel } from '../../../src/inference/own-models/own-label-model';
import * as tools from '../../../src/inference/own-models/tools';
import { graphFiles, layersFiles, pictureOf, train } from '../../fixtures/own-models/trained';

let layers: BroughtFile[];
let graph: BroughtFile[];
const load = vi.fn();

const runnerInNode = () =>
  createModelRunner(
    [
      {
        name: 'cpu',
        open: () =>
          Promise.resolve({
            use: async () => {
              await setBackend('cpu');
            },
            isLost: () => false,
            close: () => undefined,
          }),
      },
    ],
    openModel,
  );

/** What a worker finds that starts anew: only the database is left of the one before. */
async function restarted(): Promise<OwnModels> {
  vi.resetModules();
  const { createOwnModels } = await import('../../../src/background/own-models');
  return createOwnModels({
    loadOwnTensorflow: () => {
      load();
      return { ...tools, zippedLabelModel, createOwnRunner: runnerInNode };
    },
    settings: () => Promise.resolve({ backend: 'auto' }),
  });
}

const blobs = (files: readonly BroughtFile[]): tools.NamedBlob[] =>
  files.map(({ path, bytes }) => ({ path, content: new Blob([bytes]) }));

beforeAll(async () => {
  await setBackend('cpu');
  layers = await layersFiles(await train({ kinds: ['across', 'upright'], range: 'teachable' }));
  graph = graphFiles(await train({ kinds: ['across', 'disc', 'plain'] }));
}, 60_000);

beforeEach(() => {
  indexedDB = new IDBFactory();
  load.mockClear();
});

test('nothing is loaded while no model is on', async () => {
  const own = await restarted();
  expect(await own.answers('p', pictureOf('across', 200), null)).toEqual([]);
  expect(await own.states()).toEqual([]);
  expect(load).not.toHaveBeenCalled();
});

test('brought, it answers by its name, in the next worker too; deleted it is silent, and comes back', async () => {
  const own = await restarted();
  const state = await own.add(blobs(graph), 'signed');
  expect(state).toMatchObject({
    ...{ name: 'across, disc, plain', format: 'graph-model', labels: ['across', 'disc', 'plain'] },
    ...{ isOn: true, backend: 'cpu', input: { width: 16, height: 16, channels: 3 } },
  });
  const later = await restarted();
  for (const each of [own, later]) {
    const answers = await each.answers('p', pictureOf('disc', 201), 'https://a.example');
    expect(answers).toMatchObject([{ label: 'disc', model: state.name }]);
    expect(answers[0]?.probability).toBeGreaterThan(0.5);
  }
  await later.setDeleted(state.id, true);
  expect(await later.states()).toEqual([]);
  expect(await later.answers('p', pictureOf('disc', 201), 'https://a.example')).toEqual([]);
  const third = await restarted();
  await third.setDeleted(state.id, false);
  expect(await third.states()).toMatchObject([{ id: state.id, name: state.name }]);
  expect(await third.answers('p', pictureOf('disc', 201), null)).toMatchObject([{ label: 'disc' }]);
});

test('a model that an earlier version stored speaks beside', async () => {
  const { id } = await (await restarted()).add(blobs(graph), 'signed');
  const db = await openDB('own-models', 1);
  const { isInstead, ...earlier } = (await db.get('models', id)) as OwnModel;
  expect(isInstead).toBe(false);
  await db.put('models', earlier);
  db.close();
  expect(await (await restarted()).states()).toMatchObject([{ id, isInstead: false }]);
});

test('a zip file of Teachable Machine: its own way to take pixels; renamed, for one site, off', async () => {
  const own = await restarted();
  const zip = zipSync(Object.fromEntries(layers.map(({ path, bytes }) => [path, bytes])));
  const content = new Blob([new Uint8Array(zip)]);
  const { id, input, name } = await own.add([{ path: 'my cats.zip', content }], 'unit');
  expect([name, input.range]).toEqual(['my cats', 'teachable']);
  const concerned = async (changed: Promise<Set<string>>) => [...(await changed)];
  const sites = ['https://a.example'];
  expect(await concerned(own.change(id, { name: '  Stripes ' }))).toEqual([]);
  expect(await concerned(own.change(id, { sites }))).toEqual(sites);
  const ask = (site: string | null) => own.answers('p', pictureOf('upright', 300), site);
  expect(await ask('https://b.example')).toEqual([]);
  expect(await ask('https://a.example')).toMatchObject([{ model: 'Stripes', label: 'upright' }]);
  expect(await concerned(own.change(id, { isInstead: true }))).toEqual(sites);
  expect(await ask('https://a.example')).toMatchObject([{ model: 'Stripes', isInstead: true }]);
  expect(await own.hasInsteadOn('https://a.example')).toBe(true);
  expect(await own.hasInsteadOn('https://b.example')).toBe(false);
  const later = await restarted();
  expect(await later.states()).toMatchObject([{ id, isInstead: true }]);
  expect(await concerned(own.setDeleted(id, true))).toEqual(sites);
  expect(await concerned(own.setDeleted(id, false))).toEqual(sites);
  const moved = { sites: ['https://c.example'] };
  expect(await concerned(own.change(id, moved))).toEqual([...sites, ...moved.sites]);
  await own.change(id, { sites });
  expect(await concerned(own.change(id, { isOn: false }))).toEqual(sites);
  expect(await concerned(own.change(id, { isInstead: false }))).toEqual([]);
  expect(await ask('https://a.example')).toEqual([]);
  await own.forgetAll();
  expect(await own.states()).toEqual([]);
});

test('what is refused changes nothing and holds nothing', async () => {
  const own = await restarted();
  const nan = layers.map((file) =>
    file.path === 'weights.bin' ? { ...file, bytes: file.bytes.map(() => 0xff) } : file,
  );
  const three = layers.map((file) =>
    file.path === 'metadata.json'
      ? {
          ...file,
          bytes: new TextEncoder().encode(JSON.stringify({ labels: ['a', 'b', 'c'] })),
        }
      : file,
  );
  const renamed = layers.map((file) =>
    file.path === 'model.json'
      ? {
          ...file,
          bytes: new TextEncoder().encode(
            new TextDecoder().decode(file.bytes).replace('"see/kernel"', '"other/kernel"'),
          ),
        }
      : file,
  );
  for (const [files, code] of [
    [nan, 'own-model-run'],
    [three, 'own-model-labels-count'],
    [renamed, 'own-model-run'],
    [[{ path: 'a.zip', bytes: new TextEncoder().encode('PK\x03\x04') }], 'own-model-zip'],
  ] as const) {
    await expect(own.add(blobs(files), 'signed')).rejects.toMatchObject({ code });
    expect(await own.states()).toEqual([]);
  }
});
