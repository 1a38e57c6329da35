import type { Prediction } from '../../core/saying/prediction';
import type { CardContent, ResultActions } from '../card/card-content';
import { partOf } from '../part';

/**
 * What the script for a label's details does for the one that labels pages: a file of its own, put into a
 * frame when a person first points at an image there.
 */
export interface DetailsPart {
  /** What the details look like, on top of the labels' styles. */
  styles: string;
  /** See `resultContent`. */
  content: (prediction: Prediction, shown: number, actions: ResultActions) => CardContent;
}

export const detailsPart = partOf<DetailsPart>('label-details');
