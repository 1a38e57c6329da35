import { askWorker } from '../messages/client';
import { isFirefox } from '../platform/which-browser';
import { setAttribute } from './dom';

/** No name that a page could guess. */
const NAME = `tied-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;

/**
 * Firefox ends the scripts of an extension that is replaced, or switched off, without a word, and takes its
 * style sheets out of every page. So what is ours is seen by the grace of such a sheet alone; where there is
 * none, it is seen without.
 * @param layer what is tied, in the document of `view`
 * @param setStyles puts styles after those of the stage's root, in place of the former ones
 */
export async function tieToExtension(
  layer: { host: Element; stage: Element },
  view: Window,
  setStyles: (styles: string) => void,
): Promise<void> {
  const { host, stage } = layer;
  const isOwn = view === window;
  if (!isFirefox() || (!isOwn && view !== window.top)) return;
  setAttribute(host, 'class', NAME);
  const tryTie = (): boolean => {
    setStyles(`@media not print{.stage{display:var(--${NAME},none)}}`);
    if (getComputedStyle(stage).display !== 'none') return true;
    setStyles('');
    return false;
  };
  if (tryTie()) return;
  await askWorker('showWhileHere', { name: NAME, isInTop: !isOwn });
  tryTie();
}
