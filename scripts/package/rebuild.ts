/** The way of a store's reviewer: from the source package, in an empty folder, to the extension's package. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { unzipSync } from 'fflate';

import { runNpm } from '../node/run-npm';
import { PROJECT_ROOT } from '../node/project-root';
import { ScriptError } from '../node/script-error';
import { createTemporaryFolder } from '../node/temporary-folder';

const LIMIT_MS = 20 * 60_000;

/** Refuses every connection that leaves this machine, in every Node process of the build. */
const NO_NETWORK = `
const { Socket } = require('node:net');
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const { host, path } = args.flat()[0] ?? {};
  if (path === undefined && host !== 'localhost' && host !== '127.0.0.1') {
    throw new Error('The build asks the network for ' + host);
  }
  return connect.apply(this, args);
};
`;

/** What a person's shell has, without what a test runner or npm put there. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const isTheirs = (name: string): boolean =>
    /^(?:npm_|VITEST|ALT_LENS_|NODE_ENV$|NODE_OPTIONS$)/.test(name) && name !== 'npm_execpath';
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isTheirs(name)));
}

export interface Rebuilt {
  /** The package's name. */
  file: string;
  sha256: string;
}

/**
 * Builds from the source package and nothing else, with the network shut off and in another time zone.
 * @param modules `installed`: by `npm ci`, the one step that asks the registry; `linked`: this project's own
 * @throws ScriptError `rebuild-failed`
 */
export async function rebuildFromSources(
  sources: Uint8Array,
  modules: 'installed' | 'linked',
): Promise<Rebuilt> {
  const temporary = createTemporaryFolder('alt-lens-sources-');
  try {
    const folder = join(temporary.path, 'as a reviewer');
    for (const [name, bytes] of Object.entries(unzipSync(sources))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const env: NodeJS.ProcessEnv = { ...plainEnvironment(), TZ: 'Pacific/Chatham' };
    const run = async (args: readonly string[]): Promise<void> => {
      const result = await runNpm(args, { limitMs: LIMIT_MS, cwd: folder, env });
      if (result.code === 0) return;
      process.stderr.write(result.stdout + result.stderr);
      throw new ScriptError('rebuild-failed', `npm ${args.join(' ')} failed; its output is above.`);
    };
    if (modules === 'installed') await run(['ci']);
    else symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');

    const guard = join(temporary.path, 'no-network.cjs');
    writeFileSync(guard, NO_NETWORK);
    env.NODE_OPTIONS = `--require ${JSON.stringify(guard)}`;
    await run(['run', 'build-for-amo']);
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.zip'));
    if (file === undefined) throw new ScriptError('rebuild-failed', 'The build made no package.');
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
    return { file, sha256 };
  } finally {
    temporary.remove();
  }
}
