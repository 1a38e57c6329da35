import { createContext } from 'preact';

/** How many of the likeliest classes are listed, as the person chose; all until that is known. */
export const ShownPredictions = createContext(Infinity);
