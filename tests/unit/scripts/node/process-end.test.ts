import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, expect, test } from 'vitest';

import { RUN_TYPESCRIPT } from '../../../../scripts/node/package-program';
import { PROJECT_ROOT } from '../../../../scripts/node/project-root';
import { createTemporaryFolder } from '../../../../scripts/node/temporary-folder';

const folder = createTemporaryFolder('alt-lens-process-end-');
afterEach(() => {
  folder.remove();
});

test('a script that is stopped while it is busy still cleans up', async () => {
  const left = join(folder.path, 'left');
  writeFileSync(left, '');
  const script = join(folder.path, 'busy.mts');
  const processEnd = pathToFileURL(join(PROJECT_ROOT, 'scripts/node/process-end.ts')).href;
  writeFileSync(
    script,
    `import { rmSync } from 'node:fs';
    const { onProcessEnd } = await import(${JSON.stringify(processEnd)});
    onProcessEnd((): void => rmSync(${JSON.stringify(left)}));
    process.stdout.write('busy');
    const end = Date.now() + 700;
    while (Date.now() < end);
    setTimeout(() => undefined, 20_000);`,
  );
  const child = spawn(process.execPath, [...RUN_TYPESCRIPT, script], { cwd: PROJECT_ROOT });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([143, null]);
  expect(existsSync(left)).toBe(false);
});
