import fs from 'node:fs/promises';

import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';

import { KERNEL_TYPES_FILE, kernelTypes } from '../../../../scripts/build/kernel-types';
import { KERNELS_FILE } from '../../../../src/inference/wasm/kernels';

test("the kernels' types are those of the assembly: npm run kernel-types", async () => {
  const options = await resolveConfig(KERNEL_TYPES_FILE);
  const text = await format(await kernelTypes(), { ...options, filepath: KERNEL_TYPES_FILE });
  expect(await fs.readFile(KERNEL_TYPES_FILE, 'utf8')).toBe(text);
});

test('they name what the built kernels export, with as many parameters', async () => {
  const built = new URL(`../../../../build/${KERNELS_FILE}`, import.meta.url);
  const { instance } = await WebAssembly.instantiate(await fs.readFile(built));
  const types = await kernelTypes();
  for (const [name, value] of Object.entries(instance.exports)) {
    if (!(value instanceof Function)) continue;
    const [, parameters = ''] = new RegExp(`readonly ${name}: \\(([^)]*)\\)`).exec(types) ?? [];
    expect([name, parameters.split(':').length - 1]).toEqual([name, value.length]);
  }
});
