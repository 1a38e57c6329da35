import * as v from 'valibot';

import { webOrigin } from '../address/match-pattern';
import { MODEL_VARIANTS } from '../saying/prediction';
import { PAGE_SETTINGS, type PageSetting, type PageSettings } from './page-settings';
import { BACKEND_CHOICES, LABEL_LANGUAGES, VIEW_COUNTS } from './setting-values';

/** An origin as the browser writes it: `https://example.org`, no path, no default port. */
const origin = v.pipe(
  v.string(),
  v.maxLength(300),
  v.check((value) => webOrigin(value) === value),
);
/** A WordNet 3.0 noun synset, like `n02123045`. */
const synset = v.pipe(v.string(), v.regex(/^n\d{8}$/));

/** More sites than a person gives rules to; each is asked about when scripts are registered. */
const MAX_SITES = 5000;
/** More than there are classes with all their kinds in the taxonomy, 1,860. */
const MAX_SYNSETS = 2000;

const sites = v.pipe(v.array(origin), v.maxLength(MAX_SITES));
const synsets = v.pipe(v.array(synset), v.maxLength(MAX_SYNSETS));

type Field<T> = v.OptionalSchema<v.GenericSchema<T>, () => T>;

function fieldOf<T>({ isValid, byDefault }: PageSetting<T>): Field<T> {
  return v.optional(v.custom<T>(isValid), () => byDefault);
}

const pageFields = Object.fromEntries(
  Object.entries(PAGE_SETTINGS).map(([name, setting]) => [
    name,
    fieldOf(setting as PageSetting<unknown>),
  ]),
) as { [N in keyof PageSettings]: Field<PageSettings[N]> };

/**
 * The settings, each with its default. A field that is missing or wrong falls back to its default
 * and is named by `repairSettings`, so that one bad field never costs a person the others. A list
 * loses only its bad entries.
 */
const fields = {
  /** Which backend runs the model; `auto` picks the best one that works. */
  backend: v.optional(v.picklist(BACKEND_CHOICES), 'auto'),
  variant: v.optional(v.picklist(MODEL_VARIANTS), 'accurate'),
  /** How many views of a picture are averaged. */
  views: v.optional(v.picklist(VIEW_COUNTS), 2),
  /** Label the pages of every site that is not in `neverSites`; needs access to all sites. */
  labelAllSites: v.optional(v.boolean(), false),
  /** Origins, like `https://example.org`. */
  alwaysSites: v.optional(sites, []),
  neverSites: v.optional(sites, []),
  ...pageFields,
  /** The language that pictures are spoken of in. Drafts for authors are in the page's, where that can be had. */
  labelLanguage: v.optional(v.picklist(LABEL_LANGUAGES), 'interface'),
  /** Nothing is said with less calibrated probability than this, 0-0.99; 0 leaves it to what is fitted. */
  minimumConfidence: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.99)), 0),
  /** Labels of the built-in list of what is never said that the person wants said, and what is never to be said besides. */
  allowedSynsets: v.optional(synsets, []),
  deniedSynsets: v.optional(synsets, []),
  /** Keep a small copy of each picture that the person taught a label by, to know it again in the settings. */
  keepOwnPictures: v.optional(v.boolean(), true),
};

/** What the entries of the lists must be, and how many: of a list with a bad entry the others stay. */
const ENTRIES = new Map<string, { entry: v.GenericSchema; most: number }>([
  ['alwaysSites', { entry: origin, most: MAX_SITES }],
  ['neverSites', { entry: origin, most: MAX_SITES }],
  ['allowedSynsets', { entry: synset, most: MAX_SYNSETS }],
  ['deniedSynsets', { entry: synset, most: MAX_SYNSETS }],
]);

export const SettingsSchema = v.object(fields);
export type Settings = v.InferOutput<typeof SettingsSchema>;

export const DEFAULT_SETTINGS: Settings = v.parse(SettingsSchema, {});

export type SettingName = keyof Settings;
export const SETTING_NAMES = Object.keys(fields) as SettingName[];

/** What a field becomes that does not fit: a list without its bad entries and those beyond its end, anything else its default. */
function fallback(name: string, value: unknown, byDefault: unknown): unknown {
  const list = ENTRIES.get(name);
  if (list === undefined || !Array.isArray(value)) return byDefault;
  return value.filter((each) => v.is(list.entry, each)).slice(0, list.most);
}

/** Settings from anything stored or imported, and the names of the fields that had to be repaired. */
export function repairSettings(stored: unknown): { settings: Settings; repaired: string[] } {
  const source: Record<string, unknown> =
    typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const settings: Record<string, unknown> = {};
  const repaired: string[] = [];
  for (const [name, schema] of Object.entries(fields)) {
    const result = v.safeParse(schema, source[name]);
    if (!result.success) repaired.push(name);
    settings[name] = result.success
      ? result.output
      : fallback(name, source[name], v.getDefault(schema));
  }
  return { settings: v.parse(SettingsSchema, settings), repaired };
}
