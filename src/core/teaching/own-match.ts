import type { Look } from '../look/look';
import type { OwnLabel } from './own-label';

/** The own label that a look is called by. */
export interface OwnMatch {
  label: OwnLabel;
  /** How sure it is, 0-1: from how well the label tells its own examples from other things. */
  probability: number;
  /** Is it a picture that was taught, in another size or quality? Then it holds for drawings and small ones, too. */
  isCopy: boolean;
}

/** What speaks for a label are features less those that all photos have, times these weights. */
export interface Direction {
  /** One a feature. */
  weights: Float32Array;
  /** One a feature, as the model gives them. */
  mean: Float32Array;
}

/** Answers for all own labels that are on, as they are at one moment. */
export interface OwnSpeaker {
  /** Equal for two speakers exactly if they say the same of every look; short. */
  mark: string;
  match: (look: Look) => OwnMatch | null;
  /** In which direction features must lie to be like a label's examples; null for a label that is not on. */
  directionOf: (label: string, features: Float32Array) => Direction | null;
}
