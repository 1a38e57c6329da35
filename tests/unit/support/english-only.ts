import type { SpokenWords } from '../../../src/background/spoken-words';
import { ENGLISH } from '../../../src/core/saying/voice';

/** Where languages do not matter. */
export const ENGLISH_ONLY: SpokenWords = {
  of: () => Promise.resolve(ENGLISH),
  chosen: () => Promise.resolve({ words: ENGLISH, draftWords: ENGLISH }),
};
