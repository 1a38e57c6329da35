import * as v from 'valibot';

import { BACKENDS, MODEL_VARIANTS } from './prediction';

/**
 * The settings, each with its default. A field that is missing or wrong falls back to its default
 * and is named by `repairSettings`, so that one bad field never costs a person the others.
 */
const fields = {
  /** Which backend runs the model; `auto` picks the best one that works. */
  backend: v.optional(v.picklist(['auto', ...BACKENDS]), 'auto'),
  variant: v.optional(v.picklist(MODEL_VARIANTS), 'accurate'),
  /** How many views of a picture are averaged. */
  views: v.optional(v.picklist([1, 2, 3]), 3),
  /** Label the pages of every site that is not in `neverSites`; needs access to all sites. */
  labelAllSites: v.optional(v.boolean(), false),
  /** Origins, like `https://example.org`. */
  alwaysSites: v.optional(v.array(v.string()), []),
  neverSites: v.optional(v.array(v.string()), []),
  /** How labels are shown on pages. */
  displayMode: v.optional(v.picklist(['chips', 'hover', 'none']), 'chips'),
  /** Images smaller than this on either side are left alone, CSS pixels. */
  minimumSizePx: v.optional(v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(1024)), 64),
};

export const SettingsSchema = v.object(fields);
export type Settings = v.InferOutput<typeof SettingsSchema>;

export const DEFAULT_SETTINGS: Settings = v.parse(SettingsSchema, {});

/** Settings from anything stored or imported, and the names of the fields that had to be repaired. */
export function repairSettings(stored: unknown): { settings: Settings; repaired: string[] } {
  const source: Record<string, unknown> =
    typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const settings: Record<string, unknown> = {};
  const repaired: string[] = [];
  for (const [name, schema] of Object.entries(fields)) {
    const result = v.safeParse(schema, source[name]);
    if (!result.success) repaired.push(name);
    settings[name] = result.success ? result.output : schema.default;
  }
  return { settings: v.parse(SettingsSchema, settings), repaired };
}
