import colours from '../../ui/colours.css?inline';
import { TEXT_STYLES } from './nodes';
import surface from './surface.css?inline';

/** The style sheet that every surface begins with, in the colours that all share. */
export const SURFACE_STYLES = `${colours}${surface}${TEXT_STYLES}`;
