import type { ExtensionSession } from '../extension-session';

/** Workers that classify at the same moment, by the engine's word; an engine that says nothing has one. */
export async function poolSize(session: ExtensionSession): Promise<number> {
  const status: object = await session.ask('getEngineStatus', {});
  const workers = 'workers' in status ? status.workers : 1;
  return typeof workers === 'number' && workers > 1 ? workers : 1;
}
