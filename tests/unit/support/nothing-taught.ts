import { makeLook } from '../../../src/core/look/look';
import { CLASS_COUNT } from '../../../src/core/saying/prediction';

/** Where own labels do not matter. */
export const NOTHING_TAUGHT = { speaker: () => Promise.resolve(null) };

/** Of a picture that shows nothing in particular. */
export const SOME_LOOK = makeLook({
  variant: 'accurate',
  logits: [new Float32Array(CLASS_COUNT + 1)],
  embeddings: [new Float32Array(1024).fill(0.5)],
  pixels: { texture: 0.5, softness: 0.5, palette: 0.5 },
});
