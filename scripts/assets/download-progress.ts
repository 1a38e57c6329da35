import type { LockedAsset } from './lock';

/** Where progress is written: a terminal's line is rewritten, a log gets one line a finished file. */
export interface ProgressOutput {
  isTTY?: boolean;
  write: (text: string) => unknown;
}

export interface DownloadProgress {
  report: (asset: LockedAsset, receivedBytes: number) => void;
}

const CLEAR_LINE = '\r\x1b[K';

export function createDownloadProgress(output: ProgressOutput): DownloadProgress {
  return {
    report: ({ path, bytes }, receivedBytes) => {
      const isFinished = receivedBytes >= bytes;
      const line = `${path}: ${megabytes(receivedBytes)} of ${megabytes(bytes)} MB`;
      if (output.isTTY === true) output.write(`${CLEAR_LINE}${line}${isFinished ? '\n' : ''}`);
      else if (isFinished) output.write(`${line}\n`);
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2);
}
