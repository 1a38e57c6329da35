import { expect, test } from 'vitest';

import { runCommand } from '../../../../../scripts/drive/browser/run-command';

const node = process.execPath;

test('gives the exit code and what was printed', async () => {
  const result = await runCommand(
    node,
    ['-e', 'console.log("out"); console.error("err"); process.exit(3)'],
    { limitMs: 20_000 },
  );
  expect(result).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n', stopped: null });
});

test('a program that does not exist is an answer, not an exception', async () => {
  const result = await runCommand('/no/such/program', [], { limitMs: 20_000 });
  expect(result).toMatchObject({ code: null, stopped: 'not-started' });
});

test('a program that never ends is stopped, with its children', async () => {
  const child = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 9)'], { stdio: 'inherit' }); setInterval(() => {}, 9)`;
  // The child holds the output open: without its end this would not come back.
  const result = await runCommand(node, ['-e', child], { limitMs: 500 });
  expect(result).toMatchObject({ code: null, stopped: 'too-long' });
});

test('a program that falls silent is stopped', async () => {
  const result = await runCommand(node, ['-e', 'console.log("on"); setInterval(() => {}, 9)'], {
    limitMs: 60_000,
    silenceMs: 1500,
  });
  expect(result).toMatchObject({ stdout: 'on\n', stopped: 'silent' });
});
