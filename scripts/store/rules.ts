/**
 * What the stores ask of names, texts and pictures. Each rule names where it stands, and the day that the page itself
 * bears; where a page bears none, its copy was read on 2026-11-28. For some limits a store has no public page: then
 * what its form or its reviewers did is the source.
 */
import type { Store } from '../package/packages';

export interface Range {
  least: number;
  most: number;
}

export interface PixelSize {
  width: number;
  height: number;
}

export interface StoreRules {
  /** Characters of the manifest's name. */
  name: Range;
  /** Characters of the manifest's description, which stands above the listing's. */
  summary: Range;
  /** Characters of the listing's own text. */
  description: Range;
  screenshots: { count: Range; sizes: readonly PixelSize[] };
  tile: PixelSize | null;
  /** A square picture of the extension beside the one in the package, its side in px; one a language. */
  logo: Range | null;
  /** What people may search for, not shown: how many, and the characters of each and words of all. */
  searchTerms: { count: Range; characters: Range; words: Range } | null;
}

const upTo = (most: number): Range => ({ least: 1, most });

const LARGE: PixelSize = { width: 1280, height: 800 };
const TILE: PixelSize = { width: 440, height: 280 };

export const RULES: Record<Store, StoreRules> = {
  chrome: {
    // developer.chrome.com/docs/extensions/mv2/manifest/name: 75, since February 2024 (github.com/mdn/content/pull/32392).
    name: upTo(75),
    // developer.chrome.com/docs/apps/manifest/description, 2026-01-22: 132.
    summary: upTo(132),
    // The form's own counter, as publishers tell of it (dev.to/mattgaiser/the-chrome-extension-deployment-checklist-2dg5).
    description: upTo(16_000),
    // developer.chrome.com/docs/webstore/images; that five are the most, and JPEG or PNG without alpha: the form.
    screenshots: { count: upTo(5), sizes: [LARGE, { width: 640, height: 400 }] },
    // Same page: the small tile is mandatory.
    tile: TILE,
    // The package's own.
    logo: null,
    searchTerms: null,
  },
  edge: {
    // developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/name, February 2024: 45. Longer ones are
    // rejected after a week of review: github.com/microsoft/MicrosoftEdge-Extensions/issues/504, 2026-02-05.
    name: upTo(45),
    // From the manifest; a longer one in any language is refused: github.com/OneNoteDev/WebClipper/pull/574, 2024-12-30.
    summary: upTo(132),
    // learn.microsoft.com/microsoft-edge/extensions/publish/publish-extension, 2026-04-27, for all that follows.
    description: { least: 250, most: 10_000 },
    screenshots: { count: upTo(6), sizes: [LARGE, { width: 640, height: 480 }] },
    tile: TILE,
    // At least 128, better 300.
    logo: { least: 128, most: 300 },
    searchTerms: { count: upTo(7), characters: upTo(30), words: upTo(21) },
  },
  firefox: {
    // developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/name, February 2024: 50.
    name: upTo(50),
    // …/manifest.json/description: 132 in the browser; the listing's summary may have 250.
    summary: upTo(132),
    // extensionworkshop.com/documentation/develop/create-an-appealing-listing, 2019-03-18: "not practically limited".
    description: upTo(10_000),
    // Same page: 1280x800 is the largest that is shown; as many as each show a feature.
    screenshots: { count: upTo(10), sizes: [LARGE] },
    tile: null,
    logo: null,
    searchTerms: null,
  },
};

/**
 * Marks of others, which one text for all stores does without: Edge's review refuses "Chrome" in name and description
 * (learn.microsoft.com/microsoft-edge/extensions/developer-guide/port-chrome-extension, 2025-11-18), and Mozilla's marks
 * are Mozilla's (extensionworkshop.com/documentation/publish/add-on-policies, 2025-09-17).
 */
export const MARKS_OF_OTHERS = /chrome|google|firefox|mozilla|microsoft|\bedge\b/i;

/** The package's icon, px, and its art within: developer.chrome.com/docs/webstore/images. */
export const ICON = { sidePx: 128, artPx: 96 };
