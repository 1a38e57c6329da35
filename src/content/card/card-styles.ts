import card from './card.css?inline';
import { RESULT_STYLES } from './result-styles';

/** The card's style sheet. */
export const CARD_STYLES = `${RESULT_STYLES}${card}`;
