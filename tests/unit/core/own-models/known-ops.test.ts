import { serialization } from '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from 'vitest';

import { CONTAINERS, KNOWN_LAYERS, KNOWN_OPS } from '../../../../src/core/own-models/known-ops';

const { resolve } = createRequire(import.meta.url);

test('TensorFlow.js knows every layer of the list', () => {
  const known = Object.keys(serialization.SerializationMap.getMap().classNameMap);
  expect([...CONTAINERS, ...KNOWN_LAYERS].filter((name) => !known.includes(name))).toEqual([]);
});

test('its converter knows every op of the list', async () => {
  const folder = join(dirname(resolve('@tensorflow/tfjs-converter')), 'operations', 'op_list');
  const files = readdirSync(folder).filter((name) => /^[a-z0-9_]+\.js$/.test(name));
  const lists = await Promise.all(
    files.map(
      async (name) =>
        (await import(pathToFileURL(join(folder, name)).href)) as {
          json?: { tfOpName: string }[];
        },
    ),
  );
  const known = new Set(lists.flatMap(({ json = [] }) => json.map(({ tfOpName }) => tfOpName)));
  expect(known.size).toBeGreaterThan(100);
  expect([...KNOWN_OPS].filter((name) => !known.has(name))).toEqual([]);
});
