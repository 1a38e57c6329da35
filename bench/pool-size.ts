import { type ExtensionSession, waitUntil } from '../scripts/drive/extension-session';

/** Workers that classify at the same moment, by the engine's word; an engine that says nothing has one. */
export async function poolSize(session: ExtensionSession): Promise<number> {
  const status: object = await session.ask('getEngineStatus', {});
  const workers = 'workers' in status ? status.workers : 1;
  return typeof workers === 'number' && workers > 1 ? workers : 1;
}

/** Longer than a pool stays open that has nothing to do. */
const CLOSE_LIMIT_MS = 45_000;

/** Waits until the engine has closed its pool, so that what follows is its rest; a pool that stays is its rest, too. */
export async function untilPoolClosed(session: ExtensionSession): Promise<void> {
  if ((await poolSize(session)) === 1) return;
  await waitUntil(
    'the pool closes',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return (await poolSize(session)) === 1;
    },
    CLOSE_LIMIT_MS,
  ).catch(() => undefined);
}
