import { useCallback, useEffect, useState } from 'preact/hooks';

import { toFailure, type Failure } from '../core/errors';
import type { Settings, SettingName } from '../core/settings/settings';
import { askWorker } from '../messages/client';
import { onStored, SETTINGS } from '../platform/stored-changes';

/** Changes to settings; their values are checked by the worker. */
export type Changes = Partial<Record<SettingName, unknown>>;

export interface LiveSettings {
  /** Null until the worker has answered. */
  settings: Settings | null;
  /** Counts the changes that were stored, to tell the person of each. */
  saves: number;
  /** Names of the fields that the last change had wrong, and that fell back. */
  repaired: readonly string[];
  problem: Failure | null;
  /** Stores changes; resolves when they hold. A failure becomes the `problem`. */
  change: (changes: Changes) => Promise<void>;
  /** Runs something that changes settings by another message. A failure becomes the `problem`. */
  attempt: (action: () => Promise<unknown>) => Promise<void>;
  reload: () => Promise<void>;
}

/** The settings as they are now, whoever changes them, here or in another page or browser. */
export function useSettings(): LiveSettings {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [saves, setSaves] = useState(0);
  const [repaired, setRepaired] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<Failure | null>(null);

  const attempt = useCallback(async (action: () => Promise<unknown>) => {
    try {
      await action();
      setProblem(null);
    } catch (error) {
      setProblem(toFailure(error));
    }
  }, []);

  const reload = useCallback(
    () =>
      attempt(async () => {
        setSettings(await askWorker('getSettings', {}));
      }),
    [attempt],
  );

  const change = useCallback(
    (changes: Changes) =>
      attempt(async () => {
        // The worker checks every field, and names those that do not fit.
        const answer = await askWorker('setSettings', { settings: changes });
        setSettings(answer.settings);
        setRepaired(answer.repaired);
        setSaves((count) => count + 1);
      }),
    [attempt],
  );

  useEffect(() => {
    const end = onStored('local', SETTINGS, () => void reload());
    void reload();
    return end;
  }, [reload]);

  return { settings, saves, repaired, problem, change, attempt, reload };
}
