import type { WorkSource } from '../../../src/background/queue';

/** A lane that does one job after the other. */
export function serveInTurn<Work, Answer>(
  queue: WorkSource<Work, Answer>,
  run: (work: Work) => Promise<Answer>,
): void {
  let isBusy = false;
  const pull = (): void => {
    if (isBusy) return;
    const [taken] = queue.pull(1);
    if (taken === undefined) return;
    isBusy = true;
    void taken.end(run(taken.work)).then(() => {
      isBusy = false;
      pull();
    });
  };
  queue.onWork(pull);
}
