/**
 * The walls between the rooms of src: what a room may import, of ours and of packages. Whatever is not
 * named is denied. ESLint holds the table (eslint.config.js); docs/ARCHITECTURE.md shows it, and a test
 * compares the two.
 *
 * @typedef {object} Room
 * @property {string} holds what is in the room, in a few words
 * @property {string[]} rooms rooms of ours that it may import, besides itself
 * @property {string[]} packages packages that it may import
 * @property {boolean} [browser] may it use the browser's extension interface (`platform/browser`)?
 */

const TFJS = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-converter',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
];

const PAGE_ROOMS = ['core', 'messages', 'platform', 'ui'];

/**
 * By folder under src, the wider before the narrower: of several that hold a file, the last counts.
 * @type {Record<string, Room>}
 */
export const WALLS = {
  core: { holds: 'pure: no browser, no DOM, no packages', rooms: [], packages: [] },
  'core/settings': {
    holds: 'settings: schema, versions, file form',
    rooms: [],
    packages: ['valibot'],
  },
  messages: {
    holds: 'one row a message: schema, sender, answer; one client, one server',
    rooms: ['core', 'platform'],
    packages: ['valibot'],
    browser: true,
  },
  platform: {
    holds: "thin edges over the browser's interfaces",
    rooms: ['core', 'messages'],
    packages: ['webextension-polyfill', 'idb'],
    browser: true,
  },
  inference: {
    holds: 'engine, model files; one folder a backend',
    rooms: ['core'],
    packages: [],
  },
  'inference/tfjs': { holds: 'what needs TensorFlow.js', rooms: ['core'], packages: TFJS },
  'inference/own-models': {
    holds: 'models that a person brings or takes along, on all of TensorFlow.js',
    rooms: ['core', 'inference'],
    packages: [...TFJS, '@tensorflow/tfjs-layers', '@tensorflow/tfjs-backend-wasm'],
  },
  'inference/webgpu': { holds: 'our layer kernels on WebGPU', rooms: ['core'], packages: TFJS },
  'inference/webgl': { holds: 'WebGL', rooms: ['core'], packages: TFJS },
  'inference/cpu': { holds: 'plain JavaScript', rooms: ['core'], packages: TFJS },
  background: {
    holds: 'the service worker: one module a use case',
    rooms: ['core', 'messages', 'platform', 'inference'],
    packages: [],
    browser: true,
  },
  pool: {
    holds: "the CPU pool's offscreen document and its workers",
    rooms: ['core', 'messages', 'inference'],
    packages: [],
  },
  content: {
    holds: 'in the page: six scripts, put in when asked for',
    rooms: ['core', 'messages', 'platform', 'ui'],
    packages: [],
  },
  'content/alt-text': {
    holds: 'accessible names, need of alt text, texts for listeners',
    rooms: ['core', 'messages', 'platform', 'ui'],
    packages: [],
  },
  ui: {
    holds: 'design tokens and components that pages share',
    rooms: ['core', 'messages', 'platform'],
    packages: ['preact'],
  },
  popup: { holds: 'the popup', rooms: PAGE_ROOMS, packages: ['preact'] },
  options: { holds: 'the settings page', rooms: PAGE_ROOMS, packages: ['preact'] },
  report: { holds: "a page's report", rooms: PAGE_ROOMS, packages: ['preact'] },
  access: {
    holds: 'the window that asks for access in Firefox',
    rooms: PAGE_ROOMS,
    packages: ['preact'],
  },
  welcome: { holds: 'the page after installation', rooms: PAGE_ROOMS, packages: ['preact'] },
};

const TOP_ROOMS = Object.keys(WALLS).filter((room) => !room.includes('/'));

/** The one door between contexts: the worker names the content scripts' files to inject them. */
const CONTENT_SCRIPTS =
  '(?:index|label-pages|label-details|inline-svgs|picture-bytes|alt-texts)\\.ts\\?script&iife$';

/** @param {string} text */
const escaped = (text) => text.replace(/[/.]/g, '\\$&');

/** One ESLint configuration a room. */
export const wallRules = Object.entries(WALLS).map(([room, { rooms, packages, browser }]) => {
  const [top] = room.split('/');
  const forbidden = TOP_ROOMS.filter((other) => other !== top && !rooms.includes(other));
  const isInjector = top === 'background';
  return {
    files: [`src/${room}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?:\\.\\./)+(?:${forbidden.join('|')})/${isInjector ? `(?!${CONTENT_SCRIPTS})` : ''}`,
              message: `src/${room} may import only ${[top, ...rooms].join(', ')}: see walls.js.`,
            },
            {
              // A package that the room's row does not name.
              regex: `^(?!\\.{1,2}/)(?!(?:${packages.map(escaped).join('|')})(?:/|$)).+`,
              message: `src/${room} may not import this package: see walls.js.`,
            },
            ...(browser === true
              ? []
              : [
                  {
                    regex: '/platform/browser$',
                    message: `src/${room} asks a module of src/platform: see walls.js.`,
                  },
                ]),
          ].map((pattern) => (packages.length === 0 ? withoutEmptyChoice(pattern) : pattern)),
        },
      ],
    },
  };
});

/** @param {{ regex: string, message: string }} pattern */
function withoutEmptyChoice(pattern) {
  return { ...pattern, regex: pattern.regex.replace('(?!(?:)(?:/|$))', '') };
}
