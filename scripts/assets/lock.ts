import { readFile } from 'node:fs/promises';
import path from 'node:path';

import * as v from 'valibot';

import { AssetError } from './asset-error';

/** The group of the photos that only calibrating and evaluating use. */
export const MORE_PHOTOS = 'more';

const LockedAssetSchema = v.strictObject({
  /** Relative to an asset folder, with `/`, never leaving it. */
  path: v.pipe(v.string(), v.regex(/^(?!.*(^|\/)\.\.?(\/|$))[^/\\][^\\]*$/)),
  /** Where the file is downloaded from. */
  url: v.pipe(v.string(), v.url()),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  license: v.pipe(v.string(), v.minLength(1)),
  source: v.pipe(v.string(), v.minLength(1)),
  /** Files of a group are got only for what names the group; those without one, for every set-up. */
  group: v.optional(v.picklist([MORE_PHOTOS])),
});

/** One file that the project uses but does not keep in its repository, pinned by its content. */
export type LockedAsset = v.InferOutput<typeof LockedAssetSchema>;

export const LOCK_FILE = path.resolve(import.meta.dirname, '../../assets.lock.json');

/** The pinned assets. Throws `asset-lock-invalid`, naming the entry and the field. */
export async function readAssetLock(file: string = LOCK_FILE): Promise<LockedAsset[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new AssetError('asset-lock-invalid', `${file} cannot be read as JSON.`, { cause: error });
  }
  const result = v.safeParse(v.array(LockedAssetSchema), content);
  if (!result.success) {
    const [issue] = result.issues;
    throw new AssetError(
      'asset-lock-invalid',
      `${file}: entry ${v.getDotPath(issue) ?? 'list'}: ${issue.message}`,
    );
  }
  return result.output;
}
