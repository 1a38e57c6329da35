#!/usr/bin/env node
/** `alt-lens`, as installed from npm: the commands by name, with the extension that lies beside. */
import { join } from 'node:path';

process.env.ALT_LENS_DIST ??= join(import.meta.dirname, 'extension');

const [command] = process.argv.splice(2, 1);
if (command === 'audit') {
  await import('../commands/audit');
} else {
  process.stderr.write('alt-lens audit [OPTION]… ADDRESS|FILE|FOLDER…\nalt-lens audit --help\n');
  process.exitCode = command === undefined || command === '--help' ? 0 : 2;
}
