/** Leaves the turn to the page's own work, input and drawing first. */
export async function nextTurn(): Promise<void> {
  await scheduler.postTask(() => undefined);
}

/**
 * Long work that someone waits for, in slices: to be awaited after every step.
 * @param sliceMs a slice ends after so many milliseconds
 */
export function createSlices(sliceMs: number): () => Promise<void> {
  let end = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < end) return;
    await nextTurn();
    end = performance.now() + sliceMs;
  };
}
