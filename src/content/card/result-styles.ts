import colours from '../../ui/colours.css?inline';
import { TEXT_STYLES } from './nodes';
import result from './result.css?inline';

/** The style sheet of a result, on the colours that every surface shares. */
export const RESULT_STYLES = `${colours}${result}${TEXT_STYLES}`;
