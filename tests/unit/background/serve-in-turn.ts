import type { Lane, WorkSource } from '../../../src/background/queue';

/** A lane that pulls one job after the other. */
export function serveInTurn(queue: WorkSource, lane: Lane): void {
  let isBusy = false;
  const pull = (): void => {
    if (isBusy) return;
    const ended = queue.pull(lane);
    if (ended === null) return;
    isBusy = true;
    void ended.then(() => {
      isBusy = false;
      pull();
    });
  };
  queue.onWork(pull);
}
