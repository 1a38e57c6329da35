/** Of the web platform, in Chrome since 94 and in Firefox since 142; not in TypeScript's WebWorker lib. */
interface TaskScheduler {
  postTask: (task: () => void, options: { priority: 'background' }) => Promise<void>;
}

const { scheduler } = globalThis as { scheduler?: TaskScheduler };

/**
 * Runs a task when everything that has arrived meanwhile (messages, answers of the database) had its
 * turn. Inference on wasm holds the thread for a tenth of a second: without this a click would wait for
 * every picture before it, and so would the word that somebody waits no more.
 */
export function inNextTurn(task: () => void): void {
  if (scheduler === undefined) setTimeout(task, 0);
  else void scheduler.postTask(task, { priority: 'background' });
}
