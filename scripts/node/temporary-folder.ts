import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onProcessEnd } from './process-end';

export interface TemporaryFolder {
  path: string;
  remove: () => void;
}

/** A new folder under the system's temporary one; it goes with `remove()`, or else with the process. */
export function createTemporaryFolder(prefix: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), prefix));
  const erase = (): void => {
    // A browser that was just killed may still hold files for a moment.
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const forget = onProcessEnd(erase);
  return {
    path,
    remove: () => {
      forget();
      erase();
    },
  };
}
