/**
 * Writes src/inference/wasm/kernels.generated.ts, the types of what the assembly exports.
 *
 *     npm run kernel-types
 */
import fs from 'node:fs/promises';

import { format, resolveConfig } from 'prettier';

import { KERNEL_TYPES_FILE, kernelTypes } from '../build/kernel-types';

const options = await resolveConfig(KERNEL_TYPES_FILE);
const text = await format(await kernelTypes(), { ...options, filepath: KERNEL_TYPES_FILE });
await fs.writeFile(KERNEL_TYPES_FILE, text);
