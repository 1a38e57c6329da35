import tseslint from 'typescript-eslint';

import { pageMembers } from './scripts/lint/page-members.js';

/** Which rooms a room of src may import, besides itself. DESIGN: arrows point inward. */
const ROOMS = {
  core: [],
  messages: ['core'],
  platform: ['core', 'messages'],
  inference: ['core'],
  background: ['core', 'messages', 'platform', 'inference'],
  pool: ['core', 'messages', 'inference'],
  content: ['core', 'messages', 'platform', 'ui'],
  popup: ['core', 'messages', 'platform', 'ui'],
  options: ['core', 'messages', 'platform', 'ui'],
  welcome: ['core', 'messages', 'platform', 'ui'],
  report: ['core', 'messages', 'platform', 'ui'],
  ui: ['core', 'platform'],
};

/** The one door between contexts: the worker names the content scripts' files to inject them. */
const CONTENT_SCRIPTS = '(?:index|label-pages|alt-texts)\\.ts\\?script&iife$';

const walls = Object.entries(ROOMS).map(([room, allowed]) => {
  const forbidden = Object.keys(ROOMS).filter(
    (other) => other !== room && !allowed.includes(other),
  );
  return {
    files: [`src/${room}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?:\\.\\./)+(?:${forbidden.join('|')})/(?!${CONTENT_SCRIPTS})`,
              message: `src/${room} may import only ${[room, ...allowed].join(', ')}.`,
            },
            ...(room === 'core'
              ? [
                  {
                    regex: '^(@tensorflow/|webextension-polyfill|preact)',
                    message: 'core is pure.',
                  },
                ]
              : []),
            ...(room === 'background' || room === 'core'
              ? []
              : [
                  {
                    regex: `^\\.\\./content/${CONTENT_SCRIPTS}`,
                    message: 'Only the worker injects.',
                  },
                ]),
          ],
        },
      ],
    },
  };
});

export default tseslint.config(
  {
    ignores: [
      'build/',
      'dist/',
      '.cache/',
      'node_modules/',
      'coverage/',
      'src/core/**/*.generated.ts',
      'src/inference/wasm/assembly/', // AssemblyScript: its compiler checks it
      'tests/fixtures/**/*.js',
      'demo/**/*.js',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.core.json',
          './tsconfig.worker.json',
          './tsconfig.page.json',
          './tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...walls,
  {
    // What a page can rename is read through prototypes taken once.
    files: ['src/content/**'],
    ignores: ['src/content/dom.ts'],
    plugins: { own: { rules: { 'page-members': pageMembers } } },
    rules: { 'own/page-members': 'error' },
  },
  {
    // Command-line programs speak on the console; tests print their figures.
    files: ['scripts/**', 'bench/**', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
);
