/** Stands for `webextension-polyfill` in a build for browsers that have their own `browser`. */
export default undefined;
