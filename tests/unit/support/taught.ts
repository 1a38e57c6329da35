import { makeLook, type Look } from '../../../src/core/look/look';
import { CLASS_COUNT } from '../../../src/core/saying/prediction';
import { sightOf } from '../../../src/core/teaching/likeness';
import type { OwnExample, OwnLabel } from '../../../src/core/teaching/own-label';

/** Reproducible noise, 0-1. */
function noise(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Texture enough for a photo. */
export const PHOTO = { texture: 0.9, softness: 0.9, palette: 0.1 };

/**
 * A look at something of a kind: looks of one kind are alike, of one thing of that kind nearly the same.
 * @param blur how far it is from the others of its thing, 0-1
 */
export function lookAt(
  { kind, thing = 0, blur = 0 }: { kind: number; thing?: number; blur?: number },
  pixels = PHOTO,
): Look {
  const [ofKind, ofThing, own] = [noise(kind), noise(kind * 1000 + thing + 7), noise(blur * 1e6)];
  const embedding = Float32Array.from(
    { length: 1024 },
    () => ofKind() ** 4 * 2.5 + ofThing() ** 4 * 5 + own() ** 4 * 5 * blur,
  );
  const logits = new Float32Array(CLASS_COUNT + 1);
  // The likeliest class is the kind's own; the next one the thing's.
  logits[kind + 1] = 9;
  logits[((kind * 31 + thing * 17) % CLASS_COUNT) + 1] = 8;
  return makeLook({ variant: 'accurate', logits: [logits], embeddings: [embedding], pixels });
}

export function ownLabel(digit: number, name: string, changes: Partial<OwnLabel> = {}): OwnLabel {
  return { id: `u0000000${digit}`, name, synset: null, isOn: true, ...changes };
}

let examples = 0;

export function exampleOf(label: OwnLabel, look: Look): OwnExample {
  examples += 1;
  return {
    id: examples.toString(16).padStart(8, '0'),
    label: label.id,
    picture: `${examples.toString(16).padStart(64, '0')}-300x200`,
    sight: sightOf(look),
    addedAt: examples,
    page: 'https://a.example/',
  };
}
