/** The built content scripts, by what they do: files that the browser puts into frames. */
export { default as altTextsScript } from '../content/alt-texts.ts?script&iife';
export { default as describeScript } from '../content/index.ts?script&iife';
export { default as detailsScript } from '../content/label-details.ts?script&iife';
export { default as inlineSvgScript } from '../content/inline-svgs.ts?script&iife';
export { default as pictureBytesScript } from '../content/picture-bytes.ts?script&iife';
export { default as labelScript } from '../content/label-pages.ts?script&iife';
