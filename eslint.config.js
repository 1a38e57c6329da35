import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

import { linearPatterns } from './scripts/lint/linear-patterns.js';
import { pageMembers } from './scripts/lint/page-members.js';
import { wallRules } from './walls.js';

export default tseslint.config(
  {
    ignores: [
      'build/',
      'dist/',
      'dist-firefox/',
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
  ...wallRules,
  {
    files: ['src/**'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver': { typescript: { alwaysTryTypes: true, project: 'tsconfig.json' } },
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    rules: { 'import-x/no-cycle': ['error', { ignoreExternal: true }] },
  },
  {
    files: ['src/**', 'scripts/**', 'bench/**'],
    rules: {
      'max-lines-per-function': ['error', { max: 120 }],
      'max-params': ['error', { max: 6 }],
    },
  },
  {
    // What a page can rename is read through prototypes taken once.
    files: ['src/content/**'],
    ignores: ['src/content/dom.ts'],
    plugins: { own: { rules: { 'page-members': pageMembers } } },
    rules: { 'own/page-members': 'error' },
  },
  {
    // Texts are a page's, a file's, a sender's: none chooses how long its reader is busy.
    files: ['src/**'],
    plugins: { patterns: { rules: { 'linear-patterns': linearPatterns } } },
    rules: { 'patterns/linear-patterns': 'error' },
  },
  {
    // Command-line programs speak on the console; tests print their figures.
    files: ['scripts/**', 'bench/**', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/{popup,options,report,welcome,ui}/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
);
