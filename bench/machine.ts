import { availableParallelism, cpus, totalmem } from 'node:os';

import { ensureBrowser } from '../scripts/drive/browser';

export interface MachineFacts {
  /** That this process may use. */
  cores: number;
  processor: string;
  memoryGigabytes: number;
  system: string;
  node: string;
  browser: string;
}

/** What figures depend on. Nothing of it names the machine. */
export async function readMachineFacts(): Promise<MachineFacts> {
  const { version } = await ensureBrowser();
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    browser: version,
  };
}
