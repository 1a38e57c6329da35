import type { SpokenWords } from '../../../src/background/spoken-words';
import { ENGLISH_COMPARED } from '../../../src/core/alt-text/mismatch-terms';
import { ENGLISH } from '../../../src/core/saying/voice';

/** Where languages do not matter. */
export const ENGLISH_ONLY: SpokenWords = {
  of: () => Promise.resolve(ENGLISH),
  broken: () => [],
  compared: () => Promise.resolve(ENGLISH_COMPARED),
  chosen: () => Promise.resolve({ words: ENGLISH, draftWords: ENGLISH }),
};
