import { spawn } from 'node:child_process';

import { onProcessEnd } from '../../node/process-end';

export interface CommandResult {
  /** Exit code; null where it could not start or was stopped. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** Why it was stopped, or could not start. */
  stopped: 'too-long' | 'silent' | 'not-started' | null;
}

export interface CommandLimits {
  /** At most this long in all, milliseconds. */
  limitMs: number;
  /** At most this long without a line of output, milliseconds. */
  silenceMs?: number;
  /** Where what it prints is shown as well. */
  echo?: NodeJS.WritableStream;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/** From the polite to the hard end of a command, so that it can tidy up. */
const KILL_AFTER_MS = 5000;
const HAS_GROUPS = process.platform !== 'win32';

/** Runs a program and never waits for ever: it is stopped at its limits, with its children. Does not throw. */
export function runCommand(
  program: string,
  args: readonly string[],
  { limitMs, silenceMs, echo, env = process.env, cwd = process.cwd() }: CommandLimits,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const result: CommandResult = { code: null, stdout: '', stderr: '', stopped: null };
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: HAS_GROUPS,
      env,
      cwd,
    });
    const signal = (name: NodeJS.Signals): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(HAS_GROUPS ? -child.pid : child.pid, name);
      } catch {
        // It ended by itself just now.
      }
    };
    let killer: NodeJS.Timeout | undefined;
    const stop = (reason: 'too-long' | 'silent'): void => {
      result.stopped = reason;
      signal('SIGTERM');
      killer ??= setTimeout(() => {
        signal('SIGKILL');
        child.stdout.destroy();
        child.stderr.destroy();
      }, KILL_AFTER_MS);
    };
    const forget = onProcessEnd(() => {
      signal('SIGTERM');
    });
    const limit = setTimeout(stop, limitMs, 'too-long');
    let silence = silenceMs === undefined ? undefined : setTimeout(stop, silenceMs, 'silent');
    const heard = (name: 'stdout' | 'stderr', chunk: Buffer): void => {
      result[name] += chunk.toString();
      echo?.write(chunk);
      if (silenceMs === undefined) return;
      clearTimeout(silence);
      silence = setTimeout(stop, silenceMs, 'silent');
    };
    child.stdout.on('data', (chunk: Buffer) => {
      heard('stdout', chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      heard('stderr', chunk);
    });
    const finish = (): void => {
      forget();
      clearTimeout(limit);
      clearTimeout(silence);
      clearTimeout(killer);
      resolve(result);
    };
    child.once('error', () => {
      result.stopped = 'not-started';
      finish();
    });
    child.once('close', (code) => {
      result.code = code;
      finish();
    });
  });
}
