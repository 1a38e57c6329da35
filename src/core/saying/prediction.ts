/** The results that every part of Alt Lens speaks of. */
import type { OwnAnswer } from '../own-models/own-answer';
import type { Language } from './languages';

/** How a picture's pixels were reached, best first. DESIGN: the ladder. */
export const RUNGS = ['decoded', 'page-fetch', 'worker-fetch', 'screen'] as const;
export type Rung = (typeof RUNGS)[number];

export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

/** `accurate` is MobileNetV1 1.0/224, `fast` is MobileNetV1 0.5/160. */
export const MODEL_VARIANTS = ['accurate', 'fast'] as const;
export type ModelVariant = (typeof MODEL_VARIANTS)[number];

/** The classes of ImageNet-1k. */
export const CLASS_COUNT = 1000;

/** How many views of a picture are averaged: 1 centre crop, 2 adds the mirrored centre square, 3 the plain one. */
export type ViewCount = 1 | 2 | 3;

export interface ClassPrediction {
  /** ImageNet-1k class index, 0-999. */
  classIndex: number;
  /** WordNet 3.0 noun synset, like `n02123045`. */
  synset: string;
  /** Plain label in the saying's language, like `tabby cat`. */
  label: string;
  /** Calibrated probability, 0-1. */
  probability: number;
  /** Is it never said, by the person's lists or the built-in one? What is shown is `shownPredictions`. */
  isDenied?: boolean | undefined;
}

/** A WordNet node (a class or one of its ancestors) that is sure enough to be said. */
export interface Hint {
  /** Of a label that a person taught its id; see `OwnLabel`. */
  synset: string;
  /** Plain label in the saying's language, like `tabby cat` or `dog`. */
  label: string;
  /** The same in English: search and exports know both. */
  english: string;
  /** What is said to a listener, like `May be a tabby cat` or `May be a kind of dog`. */
  text: string;
  /** Calibrated probability mass of the classes below the node, 0-1. */
  probability: number;
  /** Information in bits: log2(1000 / classes below the node). */
  bits: number;
}

/**
 * A leaf that is likelier than not but not sure: `Possibly a tabby cat`, shown where a person asks what the model
 * saw, never put into alt text.
 */
export interface Guess {
  synset: string;
  label: string;
  english: string;
  text: string;
  probability: number;
}

/** Two things in one picture, each sure by itself, and what is said of both. */
export interface TwoThings {
  /** Of the left or the upper end, and of the other. */
  hints: readonly [Hint, Hint];
  /** Plain label of both in the saying's language, like `dog and bicycle`. */
  label: string;
  english: string;
  /** What is said to a listener, like `May be a dog and a bicycle`. */
  text: string;
  /** That both are true, 0-1. */
  probability: number;
}

/** Why nothing is said; `own-model`: a model of the person's own speaks instead. */
export const SILENCES = [
  ...(['unsure', 'not-a-photo', 'only-clothing'] as const),
  ...(['denied', 'too-small', 'dismissed', 'own-model'] as const),
] as const;
export type Silence = (typeof SILENCES)[number];

/** What is said of one picture, or why nothing is. Exactly one of `hint` and `silence` is null. */
export interface Saying {
  /** The five likeliest classes, likeliest first; of these `shownPredictions` are for people. */
  predictions: ClassPrediction[];
  hint: Hint | null;
  /** Only where `hint` is null. */
  guess: Guess | null;
  silence: Silence | null;
  /** Alt text for an author, like `Tabby cat`; a draft to review. Null where nothing is said. */
  draft: string | null;
  /** The language of all its words but the draft. */
  lang: Language;
  /** The draft's language: the page's, where that is one of ours. */
  draftLang: Language;
  /** What a person's dismissal keeps back: it would be said otherwise. Null where the silence is another, or none. */
  kept: Hint | Guess | null;
  /**
   * What is said in the place of the hint, or of the silence: see `saidOf`. Null where a person asked for two
   * things and it is not sure that there are; missing where nobody asked.
   */
  two?: TwoThings | null | undefined;
  /** Of the two what a person's dismissals keep back. */
  twoKept?: readonly Hint[] | undefined;
}

/** Do two sayings of one picture say the same, in words and in silence? */
export function isSameSaid(one: Saying, other: Saying): boolean {
  const words = (saying: Saying): string => {
    const { hint, guess, silence, kept, draft, predictions, lang, two, twoKept = [] } = saying;
    return JSON.stringify([
      ...[hint, guess, silence, kept, draft, lang],
      ...[two === undefined ? 'not asked' : two, twoKept],
      predictions.map(({ label, isDenied = false }) => [label, isDenied]),
    ]);
  };
  return words(one) === words(other);
}

/** What was said in answer to one question about a picture, and how the answer was found. */
export interface Prediction extends Saying {
  /** Names the pixels that the model saw; see `pictureHash`. */
  picture: string;
  backend: Backend;
  variant: ModelVariant;
  /** How many the model looked at; fewer than the settings allow where the first was enough. */
  views: ViewCount;
  rung: Rung;
  /** Milliseconds that the model ran, all views together; 0 where the answer was known. */
  inferenceMilliseconds: number;
  /** The same picture was classified before: the model did not run. */
  cached: boolean;
  /** What models say that the person brought; missing where that is not known (yet). */
  own?: OwnAnswer[] | undefined;
}

/** Is this a name that a person taught? WordNet's nodes are `n` and eight digits; own labels are no part of it. */
export function isTaught({ synset }: Pick<ClassPrediction, 'synset'>): boolean {
  return !synset.startsWith('n');
}
