/**
 * The settings that labelled pages go by. This table is the only place that names them: the schema of the
 * settings, what the worker sends to a frame and what the frame accepts all follow from it. Content
 * scripts read it, so that no schema library may be needed here.
 */
import { isBoolean, oneOf, wholeFrom, type Check, type Checked } from '../check';
import {
  DISPLAY_MODES,
  LISTENER_MODES,
  MINIMUM_SIZE_RANGE,
  SHOWN_PREDICTIONS,
} from './setting-values';

export interface PageSetting<T> {
  isValid: Check<T>;
  byDefault: T;
}

function setting<T>(isValid: Check<T>, byDefault: NoInfer<T>): PageSetting<T> {
  return { isValid, byDefault };
}

export const PAGE_SETTINGS = {
  /** How labels are shown on pages. */
  displayMode: setting(oneOf(...DISPLAY_MODES), 'chips'),
  /** How many of the likeliest classes are shown; five are stored. */
  shownPredictions: setting(oneOf(...SHOWN_PREDICTIONS), 5),
  /** Have images that nothing is said of a label that says why? */
  silentSigns: setting(isBoolean, false),
  /** Which images get a hedged text for assistive technology where pages are labelled. */
  listenerMode: setting(oneOf(...LISTENER_MODES), 'off'),
  /** Images smaller than this on either side are left alone, CSS pixels. */
  minimumSizePx: setting(wholeFrom(MINIMUM_SIZE_RANGE.least, MINIMUM_SIZE_RANGE.most), 64),
} as const;

type Table = typeof PAGE_SETTINGS;
export type PageSettings = { [N in keyof Table]: Checked<Table[N]['isValid']> };

/** The checks of the table. */
export const PAGE_SETTING_CHECKS = Object.fromEntries(
  Object.entries(PAGE_SETTINGS).map(([name, { isValid }]) => [name, isValid]),
) as { [N in keyof Table]: Table[N]['isValid'] };

/** What pages are told of the settings, and no more. */
export function pageSettingsOf(settings: PageSettings): PageSettings {
  const names = Object.keys(PAGE_SETTINGS) as (keyof PageSettings)[];
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as PageSettings;
}
