/** The file that settings travel in: `{ "altLens": "settings", "version": 2, "settings": { … } }`. */
import type { Settings, SettingName } from './settings';
import { SETTING_NAMES } from './settings';
import { isSettingsVersion, migrateFields, SETTINGS_VERSION } from './settings-versions';

const KIND = 'settings';

/** The fields of the list of sites. */
export const SITE_SETTINGS = ['alwaysSites', 'neverSites'] as const satisfies SettingName[];

/** Why a file cannot be read: it is no JSON, or JSON of something else. Texts `options_import_<reason with _>`. */
export type FileProblem = 'not-json' | 'not-settings';

export type SettingsFile =
  | { ok: true; changes: Partial<Record<SettingName, unknown>> }
  | { ok: false; problem: FileProblem };

/** The text of a file with these settings, or with some of them. */
export function settingsFileText(
  settings: Settings,
  names: readonly SettingName[] = SETTING_NAMES,
): string {
  const chosen = Object.fromEntries(names.map((name) => [name, settings[name]]));
  const file = { altLens: KIND, version: SETTINGS_VERSION, settings: chosen };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The changes that a file asks for: the fields that it has and that are among `names`, in the form of
 * this version. Their values are not checked yet: `repairSettings` does that, field by field.
 */
export function readSettingsFile(
  text: string,
  names: readonly SettingName[] = SETTING_NAMES,
): SettingsFile {
  const file = parseJson(text);
  if (file === undefined) return { ok: false, problem: 'not-json' };
  if (typeof file !== 'object' || file === null) return { ok: false, problem: 'not-settings' };
  const { altLens, version, settings } = file as Record<string, unknown>;
  if (altLens !== KIND || !isSettingsVersion(version)) {
    return { ok: false, problem: 'not-settings' };
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    return { ok: false, problem: 'not-settings' };
  }
  const fields = migrateFields({ ...settings }, version);
  return {
    ok: true,
    changes: Object.fromEntries(
      names.filter((name) => Object.hasOwn(settings, name)).map((name) => [name, fields[name]]),
    ),
  };
}
