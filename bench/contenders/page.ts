/** The page of the benchmark's extension: starts the contenders' workers and passes calls to them. */
import type { ContenderAnswer, ContenderCall } from './contender';
import { CLASSIC_WORKERS, type ContenderName } from './names';

export interface ContenderPage {
  /** Starts a contender's worker, once for each backend. */
  start: (name: ContenderName, backend: string) => void;
  call: (key: string, message: ContenderCall) => Promise<unknown>;
  stop: (key: string) => void;
}

declare global {
  var contenders: ContenderPage;
}

const workers = new Map<string, Worker>();

function workerOf(key: string): Worker {
  const worker = workers.get(key);
  if (worker === undefined) throw new Error(`${key} was not started.`);
  return worker;
}

globalThis.contenders = {
  start: (name, backend) => {
    const type = CLASSIC_WORKERS.includes(name) ? 'classic' : 'module';
    workers.set(`${name} ${backend}`, new Worker(`${name}.js`, { type }));
  },
  call: (key, message) =>
    new Promise((resolve, reject) => {
      const worker = workerOf(key);
      worker.onmessage = ({ data }: MessageEvent<ContenderAnswer>) => {
        if (data.ok) resolve(data.value);
        else reject(new Error(data.error));
      };
      worker.onerror = (event) => {
        reject(new Error(`${key}: ${event.message}`));
      };
      worker.postMessage(message);
    }),
  stop: (key) => {
    workers.get(key)?.terminate();
    workers.delete(key);
  },
};
