/** The pinned photos: who made them and what they show is in this folder, their files are assets. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { MORE_PHOTOS } from '../assets/lock';
import { resolveAssets } from '../assets/resolve';
import { type LabelledPhoto, parseCsvRows, parsePhotoLabels } from './photo-labels';

/** `pinned`: the 120 that everything uses; `more`: 440 others, only for calibrating and evaluating. */
export const PHOTO_SETS = ['pinned', 'more', 'all'] as const;
export type PhotoSet = (typeof PHOTO_SETS)[number];

const TABLES = { pinned: 'photos.csv', more: 'more.csv' } as const;

function readTable(set: keyof typeof TABLES): Promise<string> {
  return readFile(join(import.meta.dirname, TABLES[set]), 'utf8');
}

/** What the 120 pinned photos show, in the order of their table. Needs none of their files. */
export async function pinnedPhotoLabels(): Promise<LabelledPhoto[]> {
  return parsePhotoLabels(await readTable('pinned'));
}

export interface PhotoCredit {
  file: string;
  author: string;
  license: string;
  page: string;
}

/** Whom the 120 pinned photos are owed to. */
export async function pinnedPhotoCredits(): Promise<PhotoCredit[]> {
  return parseCsvRows(await readTable('pinned')).map(
    ({ file = '', author = '', license = '', source_page: page = '' }) => {
      return { file, author, license, page };
    },
  );
}

/** A labelled photo with its checked file, absolute. */
export interface PinnedPhoto extends LabelledPhoto {
  path: string;
}

async function photosOf(set: keyof typeof TABLES): Promise<PinnedPhoto[]> {
  const resolved = await resolveAssets(
    'photos/',
    set === 'more' ? { group: MORE_PHOTOS } : undefined,
  );
  const files = new Map(resolved.map(({ asset, file }) => [basename(asset.path), file]));
  return parsePhotoLabels(await readTable(set)).map((photo) => {
    const path = files.get(photo.file);
    if (path === undefined) {
      throw new Error(`${TABLES[set]} names ${photo.file}, which is no pinned asset.`);
    }
    return { ...photo, path };
  });
}

/** The photos of a set; files that are not at hand are downloaded first. @throws AssetError */
export async function pinnedPhotos(set: PhotoSet): Promise<PinnedPhoto[]> {
  if (set !== 'all') return photosOf(set);
  return [...(await photosOf('pinned')), ...(await photosOf('more'))];
}
