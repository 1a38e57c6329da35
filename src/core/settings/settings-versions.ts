/**
 * Settings as they are stored and exported: with the version of their form, so that those of every
 * older version of Alt Lens can be read.
 */
import { webOrigin } from '../address/match-pattern';
import { wholeFrom } from '../check';
import { repairSettings, type Settings } from './settings';

/** Counts up when the form changes in a way that defaults alone do not mend. */
export const SETTINGS_VERSION = 2;

/** Newer versions of Alt Lens may count on; nobody has ever written a version above this. */
const MAX_VERSION = 10_000;
/** 1 January 2100: a store that claims a later change would be believed for ever. */
const LATEST_SAVE = 4_102_444_800_000;

/** Numbers from a store or a file are anybody's: a version counts from 1. */
export const isSettingsVersion = wholeFrom(1, MAX_VERSION);
const isSaveTime = wholeFrom(0, LATEST_SAVE);

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
 * @param version see `isSettingsVersion`
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
  if (isRecord(stored) && 'version' in stored && isRecord(stored.settings)) {
    const { version, settings } = stored;
    const savedAt = isSaveTime(stored.savedAt) ? stored.savedAt : 0;
    // An impossible version tells nothing of the form: what passes the checks of this one is kept.
    const fields = isSettingsVersion(version) ? migrateFields(settings, version) : settings;
    return { ...repairSettings(fields), savedAt };
  }
  return { ...repairSettings(migrateFields(isRecord(stored) ? stored : {}, 1)), savedAt: 0 };
}

export function storedSettings(settings: Settings, savedAt: number): StoredSettings {
  return { version: SETTINGS_VERSION, savedAt, settings };
}
