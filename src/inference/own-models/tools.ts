/**
 * What a model of a person's own needs before and after it runs. With TensorFlow.js and not in the background's
 * own script, which each start of the worker compiles.
 */
import { modelFault } from '../../core/own-models/fault';
import {
  type BroughtFile,
  type CheckedModel,
  checkModelFiles,
} from '../../core/own-models/model-parts';
import { MAX_MODEL_BYTES } from '../../core/own-models/own-model';
import { type Inflate, isZip, unpacked, zipEntries } from '../../core/own-models/zip';

export { modelInputOf } from '../../core/own-models/model-input';
export { modelName } from '../../core/own-models/model-name';
export { checkCount, inputFor } from '../../core/own-models/model-parts';

/** A file that a person brought. */
export interface NamedBlob {
  /** With its folders. */
  path: string;
  content: Blob;
}

/** All files, those of a zip file unpacked. @throws CodedError `own-model-zip`, `own-model-too-large` */
async function filesOf(files: readonly NamedBlob[], inflate: Inflate): Promise<BroughtFile[]> {
  const largest = files.toSorted((one, other) => other.content.size - one.content.size)[0];
  const total = files.reduce((sum, { content }) => sum + content.size, 0);
  if (total > MAX_MODEL_BYTES) {
    throw modelFault('own-model-too-large', largest?.path ?? '', `${total} bytes in all`);
  }
  const read = await Promise.all(
    files.map(async ({ path, content }) => ({
      path,
      bytes: new Uint8Array(await content.arrayBuffer()),
    })),
  );
  const [only] = read;
  if (only === undefined || read.length > 1 || !isZip(only.bytes)) return read;
  const unzipped: BroughtFile[] = [];
  for (const entry of zipEntries(only.path, only.bytes, MAX_MODEL_BYTES)) {
    unzipped.push({ path: entry.name, bytes: await unpacked(only.path, entry, inflate) });
  }
  return unzipped;
}

/** The model in these files, or in the zip file that is the only one. @throws CodedError `own-model-…` */
export async function readBrought(
  files: readonly NamedBlob[],
  inflate: Inflate,
): Promise<CheckedModel> {
  return checkModelFiles(await filesOf(files, inflate));
}
