/**
 * Settings as they are stored and exported: with the version of their form, so that those of every
 * older version of Alt Lens can be read.
 */
import { webOrigin } from '../address/match-pattern';
import { repairSettings, type Settings } from './settings';

/** Counts up when the form changes in a way that defaults alone do not mend. */
export const SETTINGS_VERSION = 2;

export interface StoredSettings {
  version: number;
  /** `Date.now()` of the change: of two stores, the newer is believed. */
  savedAt: number;
  settings: Settings;
}

export interface ReadSettings {
  settings: Settings;
  /** The fields that did not fit. */
  repaired: string[];
  savedAt: number;
}

type Fields = Record<string, unknown>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Version 1 kept sites as they were given, with paths, capitals and repeats; from 2 on they are origins. */
function sitesToOrigins(sites: unknown): unknown {
  if (!Array.isArray(sites)) return sites;
  const origins = sites.map((site) => webOrigin(typeof site === 'string' ? site : undefined));
  return [...new Set(origins.filter((origin) => origin !== null))];
}

/** By the version that it starts from: what makes the fields those of the next one. */
const MIGRATIONS: Readonly<Record<number, (fields: Fields) => Fields>> = {
  1: (fields) => ({
    ...fields,
    alwaysSites: sitesToOrigins(fields.alwaysSites),
    neverSites: sitesToOrigins(fields.neverSites),
  }),
};

/**
 * The fields of any version in the form of this one. Those of a newer version stay as they are: what
 * this version does not know of them is dropped when they are repaired.
 */
export function migrateFields(fields: Fields, version: number): Fields {
  let migrated = fields;
  for (let from = version; from < SETTINGS_VERSION; from += 1) {
    migrated = MIGRATIONS[from]?.(migrated) ?? migrated;
  }
  return migrated;
}

/**
 * Settings from what a store holds, whichever version wrote it. Version 1 had no envelope: the
 * fields lay bare.
 */
export function readStoredSettings(stored: unknown): ReadSettings {
  if (isRecord(stored) && typeof stored.version === 'number' && isRecord(stored.settings)) {
    const savedAt = typeof stored.savedAt === 'number' ? stored.savedAt : 0;
    return { ...repairSettings(migrateFields(stored.settings, stored.version)), savedAt };
  }
  return { ...repairSettings(migrateFields(isRecord(stored) ? stored : {}, 1)), savedAt: 0 };
}

export function storedSettings(settings: Settings, savedAt: number): StoredSettings {
  return { version: SETTINGS_VERSION, savedAt, settings };
}
