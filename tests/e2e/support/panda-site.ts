import { asset, openSite, type Site } from '../harness';

const PHOTO = 'photos/000b7d55b6184b08.png'; // a giant panda

/** A site whose one page has one photo, `#photo`: of a giant panda, which the model is sure of. */
export async function openPandaSite(): Promise<Site> {
  return openSite({
    resources: {
      '/': { body: '<!doctype html><title>Photo</title><img id="photo" src="/photo.png">' },
      '/photo.png': { file: await asset(PHOTO) },
    },
  });
}
