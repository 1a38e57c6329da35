import { type CommandLimits, type CommandResult, runCommand } from '../drive/browser/run-command';
import { PROJECT_ROOT } from './project-root';

/** Runs npm with arguments: the npm that runs this program where there is one, else that of the path. Does not throw. */
export function runNpm(args: readonly string[], limits: CommandLimits): Promise<CommandResult> {
  const own = process.env.npm_execpath;
  return own === undefined
    ? runCommand('npm', args, limits)
    : runCommand(process.execPath, [own, ...args], limits);
}

/** Runs a script of package.json. Does not throw. */
export function runNpmScript(name: string, limits: CommandLimits): Promise<CommandResult> {
  return runNpm(['run', name], { cwd: PROJECT_ROOT, ...limits });
}
