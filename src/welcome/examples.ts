import type { MessageKey } from '../platform/i18n';

/** A photo in the package to try on, and whom it is owed to. */
export interface Example {
  /** Its file in the package. */
  file: string;
  /** The pinned photo that the file is made of: `scripts/photos/photos.csv` has the same credit. */
  photo: string;
  /** What it shows, in a person's words. */
  alt: MessageKey;
  author: string;
  page: string;
}

/** Of all of them. */
export const LICENSE = { name: 'CC BY 2.0', page: 'https://creativecommons.org/licenses/by/2.0/' };

/** Two of which it says the kind, a narrow and a wide one; one that it has never met. */
export const EXAMPLES: readonly Example[] = [
  {
    file: 'pictures/panda.jpg',
    photo: '000b7d55b6184b08.png',
    alt: 'welcome_try_panda',
    author: 'mrho101',
    page: 'https://www.flickr.com/photos/40205555@N06/27510795501',
  },
  {
    file: 'pictures/heron.jpg',
    photo: 'e6f2de0c605f1ed3.png',
    alt: 'welcome_try_heron',
    author: 'Derek Keats',
    page: 'https://www.flickr.com/photos/dkeats/29438273202',
  },
  {
    file: 'pictures/onions.jpg',
    photo: '5b974695c09ad165.png',
    alt: 'welcome_try_onions',
    author: 'Sharon Mollerus',
    page: 'https://www.flickr.com/photos/clairity/29350958465/',
  },
];
