import result from './result.css?inline';
import { SURFACE_STYLES } from './surface-styles';

/** The style sheet of a result, on that of every surface. */
export const RESULT_STYLES = `${SURFACE_STYLES}${result}`;
