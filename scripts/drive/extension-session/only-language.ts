import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createTemporaryFolder, type TemporaryFolder } from '../../node/temporary-folder';

/**
 * A temporary copy of a built extension that speaks one language only, whatever the browser's: a
 * browser takes `--lang` only where it has a language pack of its own, and some are installed without.
 * @param language a folder of `_locales`, like `de` or `pt_BR`
 * @throws Error where the extension does not speak it
 */
export function withOnlyLanguage(extensionDir: string, language: string): TemporaryFolder {
  const languages = readdirSync(join(extensionDir, '_locales'));
  if (!languages.includes(language)) throw new Error(`No texts in the language ${language}.`);
  const folder = createTemporaryFolder('alt-lens-language-');
  cpSync(extensionDir, folder.path, { recursive: true });
  for (const other of languages.filter((each) => each !== language)) {
    rmSync(join(folder.path, '_locales', other), { recursive: true });
  }
  const file = join(folder.path, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...manifest, default_locale: language }));
  return folder;
}
