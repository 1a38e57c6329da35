import { browser } from './browser';

/** Chrome has it, the polyfill's types do not know it; Firefox has no such choice yet. */
interface GuardedArea {
  setAccessLevel?: (access: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void>;
}

/**
 * Shuts content scripts out of what is stored, for reading and writing: they run in a page's process,
 * which may be compromised, and ask the worker for what they need. Session storage is shut by default.
 */
export async function shutStorageToPages(): Promise<void> {
  const { local, sync } = browser.storage as unknown as Record<'local' | 'sync', GuardedArea>;
  const access = { accessLevel: 'TRUSTED_CONTEXTS' } as const;
  await Promise.all(
    [local, sync].map(async (area) => {
      await area.setAccessLevel?.(access);
    }),
  );
}
