/** What memory the browser's processes take, by the kernel's word; Linux only. */
import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';

/** A process of a browser: id, parent, command line. */
export interface BrowserProcess {
  id: number;
  commandLine: string;
}

async function readProcess(id: number): Promise<(BrowserProcess & { parent: number }) | null> {
  try {
    const status = await readFile(`/proc/${id}/status`, 'utf8');
    const commandLine = (await readFile(`/proc/${id}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return { id, parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), commandLine };
  } catch {
    return null; // ended meanwhile
  }
}

/** A process and all that it started; null where there is no /proc. */
export async function processTree(root: number): Promise<BrowserProcess[] | null> {
  if (!existsSync('/proc/self/status')) return null;
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(ids.map(readProcess))).filter((each) => each !== null);
  const members = new Set([root]);
  // Parents have no smaller id for sure: repeat until nothing is added.
  for (let before = 0; before !== members.size;) {
    before = members.size;
    for (const { id, parent } of all) if (members.has(parent)) members.add(id);
  }
  return all.filter(({ id }) => members.has(id));
}

/** The kernel's clock of processor times: 100 ticks a second on every Linux of today. */
const TICK_MS = 10;

/**
 * Processor time that a process and all that it started have taken, milliseconds; null where there is no
 * /proc. What other programs take is not in it, which the clock on the wall cannot say.
 */
export async function processorMs(root: number): Promise<number | null> {
  const tree = await processTree(root);
  if (tree === null) return null;
  const each = await Promise.all(
    tree.map(async ({ id }) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      // Behind the name, which may hold anything: state, ids, counts, and then user and system time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
    }),
  );
  return each.reduce((sum, milliseconds) => sum + milliseconds, 0);
}

/** A thread of a process. */
interface Thread {
  name: string;
  /** Time on a processor so far. */
  milliseconds: number;
}

async function threadsOf(id: number): Promise<Thread[]> {
  const tasks = await readdir(`/proc/${id}/task`).catch(() => []);
  const read = async (task: string): Promise<Thread | null> => {
    const of = (file: string): Promise<string> =>
      readFile(`/proc/${id}/task/${task}/${file}`, 'utf8');
    try {
      const [name, times] = await Promise.all([of('comm'), of('schedstat')]);
      return { name: name.trim(), milliseconds: Number(times.split(' ')[0]) / 1e6 };
    } catch {
      return null; // ended meanwhile
    }
  };
  return (await Promise.all(tasks.map(read))).filter((thread) => thread !== null);
}

/** Processor time of threads that are alive, to a thousandth of a millisecond. */
export interface ThreadTimes {
  /** Of all threads of the browser. */
  browserMs: number;
  /** Of the threads that run service workers. */
  workerMs: number;
}

/** As the kernel's threads call themselves, cut at 15 characters. */
const WORKER_THREAD = 'ServiceWorker t';

/** Null where there is no /proc. */
export async function threadTimes(root: number): Promise<ThreadTimes | null> {
  const tree = await processTree(root);
  if (tree === null) return null;
  const threads = (await Promise.all(tree.map(({ id }) => threadsOf(id)))).flat();
  const sum = (each: readonly Thread[]): number =>
    each.reduce((total, { milliseconds }) => total + milliseconds, 0);
  return {
    browserMs: sum(threads),
    workerMs: sum(threads.filter(({ name }) => name === WORKER_THREAD)),
  };
}

/** The processes that run extensions: service workers, offscreen documents and pages. */
export function extensionProcesses(tree: readonly BrowserProcess[]): BrowserProcess[] {
  return tree.filter(({ commandLine }) => commandLine.includes('--extension-process'));
}

/** Private memory, bytes: anonymous resident and swapped, Chrome's own "private memory footprint" on Linux. */
export async function privateBytes(id: number): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, 'utf8');
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return (kilobytes('RssAnon') + kilobytes('VmSwap')) * 1024;
}
