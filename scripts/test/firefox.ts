/** What of the end-to-end tests runs in Firefox, and why the rest does not. */

/** Files that `npm test` runs there: the main paths. `npm run test:firefox` runs all that can. */
export const MAIN_PATHS = ['firefox', 'right-click', 'labelling-pause'].map(
  (name) => `tests/e2e/${name}.test.ts`,
);

interface Row {
  why: string;
  /** Whole files. */
  files?: readonly string[];
  /** Parts of tests' names, by file. */
  tests?: Readonly<Record<string, readonly string[]>>;
}

export const NOT_IN_FIREFOX: readonly Row[] = [
  {
    why: 'Traces, heaps, accessibility trees, print and processes are seen by the DevTools protocol, which Firefox does not speak.',
    files: ['labelling-grid', 'own-labels-killed', 'process-crash', 'torture', 'walk-images'],
    tests: {
      'alt-apply': ['a text in another language', 'said aloud'],
      report: ['a triage by the keyboard alone', 'printed, the report'],
      'popup-page': ['2,000 images scroll', 'the popup is gone through by keys'],
    },
  },
  {
    why: 'Chromium alone has a service worker, an offscreen document, and DevTools inside them.',
    files: ['cpu-pool', 'worker-start', 'engine', 'broken-package'],
  },
  {
    why: 'The extension beside ours, the command or the profile that is tested is for Chromium.',
    tests: { scripts: ['classify that is stopped'] },
    files: ['blockers', 'audit', 'locales', 'source-package'],
  },
  {
    why: 'No GPU in headless Firefox without preferences of its own.',
    tests: {
      'right-click': ["on 'webgl'", "on 'webgpu'"],
      options: ['the benchmark times'],
      'own-models': ['with the GPU lost'],
    },
  },
  {
    why: 'Names of hosts are led to a server of ours by a flag of Chromium.',
    files: ['network', 'page-names', 'mixed-content'],
  },
  {
    why: 'The context menu is the real one: no words can be put into its mouth.',
    tests: {
      geometry: ['a picture of another site in a frame of the same one'],
      welcome: ['photos answer the menu'],
    },
  },
  {
    why: 'The panel in which Firefox shows the toolbar popup is reached by no driver; the popup itself is tested in a tab.',
    tests: { 'popup-page': ['the toolbar popup labels the page'] },
  },
  {
    why: 'Firefox does not know cross-fade() and selects that the page draws, tell what lies over a thing (the second IntersectionObserver) or styles as they stand (computedStyleMap), nor shut storage to content scripts (setAccessLevel). It shows a picture at its address as long as the document lives. Open: of pictures turned in depth, a label may reach over its neighbour there.',
    files: ['hostile-page'],
    tests: {
      'labelling-kinds': ['cross-fade'],
      'own-edges': ['a content script of ours'],
      'stacked-pictures': ['a cover flow'],
      'labelling-handed-on': [
        'pictures in the options of a select',
        'another picture at the same address',
      ],
    },
  },
  {
    why: 'Firefox tells its pages that a program drives it, and no preference hides that: nobody is welcomed.',
    tests: { welcome: ['an installation opens it'] },
  },
  {
    why: 'Scripts of an extension that is reloaded end there without an event: on a page without access its texts stay. An update takes them back before, and with access the next version does (firefox.test.ts).',
    tests: { 'alt-apply': ['an extension that is reloaded'] },
  },
];

/** Names of files of whole tests that cannot run in Firefox, as patterns. */
export function excludedFiles(): string[] {
  return NOT_IN_FIREFOX.flatMap(({ files = [] }) => files).map(
    (name) => `tests/e2e/${name}.test.ts`,
  );
}

/**
 * Why a test cannot run in Firefox; null where it can.
 * @param file its file, with its folder or without
 * @param name with the names of what it stands in
 */
export function whyNotInFirefox(file: string, name: string): string | null {
  const base = /([^/\\]+)\.test\.ts$/.exec(file)?.[1] ?? '';
  const row = NOT_IN_FIREFOX.find(
    ({ files = [], tests = {} }) =>
      files.includes(base) || tests[base]?.some((part) => name.includes(part)) === true,
  );
  return row?.why ?? null;
}
