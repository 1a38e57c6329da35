/** The processes that a browser runs its extensions in, on Linux. */
import { readdirSync, readFileSync } from 'node:fs';

function readProcess(pid: number, file: 'status' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}

/** @returns ids of the renderers for extensions among what this process has started, directly or not */
export function extensionProcesses(browserPid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(
    all.map((pid) => [pid, Number(/^PPid:\s+(\d+)/m.exec(readProcess(pid, 'status'))?.[1])]),
  );
  const ours = [browserPid];
  for (const one of ours) {
    ours.push(...all.filter((pid) => parents.get(pid) === one && !ours.includes(pid)));
  }
  return ours.filter((pid) => readProcess(pid, 'cmdline').includes('--extension-process'));
}
