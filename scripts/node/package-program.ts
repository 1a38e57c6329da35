import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PROJECT_ROOT } from './project-root';

/**
 * The JavaScript file of an installed package's program, to be run with `process.execPath`: the
 * scripts in `.bin` differ by operating system.
 */
export function packageProgram(packageName: string, program = packageName): string {
  const folder = join(PROJECT_ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin?: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin?.[program];
  if (file === undefined) throw new Error(`${packageName} has no program ${program}.`);
  return join(folder, file);
}

/**
 * Node's arguments before a TypeScript file of the scripts. tsx's own program would run the file in a
 * child and end that with SIGKILL where a signal is not answered within 60 ms: a browser and its
 * profile are then left behind (tsx 4.23).
 */
export const RUN_TYPESCRIPT = ['--import', 'tsx'] as const;
