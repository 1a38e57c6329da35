import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

import type { LockedAsset } from './lock';

/** What a file on disk is, compared with what the lock says. */
export type ContentState = 'right' | 'absent' | 'wrong-size' | 'wrong-hash';

export async function checkContent(
  file: string,
  { bytes, sha256 }: Pick<LockedAsset, 'bytes' | 'sha256'>,
): Promise<ContentState> {
  const info = await stat(file).catch(() => null);
  if (info?.isFile() !== true) return 'absent';
  if (info.size !== bytes) return 'wrong-size';
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256 ? 'right' : 'wrong-hash';
}
