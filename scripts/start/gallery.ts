/** Serves the demo gallery: the pages of demo/, the pinned photos, and their authors' names. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { resolveAssets } from '../assets/resolve';
import { suggestedKeys, type Target } from '../manifest/targets';
import { PROJECT_ROOT } from '../node/project-root';
import { type Site, startSite } from '../drive/serve';
import { pinnedPhotoCredits } from '../photos/pinned-photos';

export interface Gallery {
  address: string;
  close: () => Promise<void>;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

async function readCredits(): Promise<Map<string, string>> {
  return new Map(
    (await pinnedPhotoCredits()).map(({ file, author, license, page }) => [
      file,
      `<small>Photo: <a href="${escapeHtml(page)}">${escapeHtml(author)}</a>, ${escapeHtml(license)}</small>`,
    ]),
  );
}

/** `Alt+Shift+D` as a page writes it. */
function keysAsHtml(keys: string): string {
  return keys
    .split('+')
    .map((key) => `<kbd>${escapeHtml(key)}</kbd>`)
    .join('+');
}

/** Starts the gallery on loopback; a second origin plays the other site. @param target whose keys it tells */
export async function startGallery(target: Target = 'chromium'): Promise<Gallery> {
  const photos = await resolveAssets('photos/');
  const credits = await readCredits();
  const folder = join(PROJECT_ROOT, 'demo');
  const site: Site = await startSite({ folder });
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  site.set('/', {
    body: page
      .replaceAll('{{keys}}', keysAsHtml(suggestedKeys(target, 'describe-image') ?? ''))
      .replaceAll('{{other-origin}}', site.originAs('localhost'))
      .replaceAll(/\{\{credit (\S+)\}\}/g, (_token, file: string) => credits.get(file) ?? ''),
  });
  for (const { file } of photos) {
    site.set(`/photos/${basename(file)}`, { file });
    site.set(`/closed/${basename(file)}`, { file });
    site.set(`/open/${basename(file)}`, { file, cors: true });
  }
  return { address: `${site.origin}/`, close: site.close };
}
