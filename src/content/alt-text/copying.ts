import { addListener, hasFocus } from '../dom';

/** After its dialog a page is written to the disk within this time; larger pages have their texts in the file. */
const SAVING_MS = 5000;

/** Resolves when one of these is heard, or the signal fires. */
function heard(types: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const options = { capture: true, passive: true, once: true, signal };
    const done = () => {
      resolve();
    };
    for (const type of types) window.addEventListener(type, done, options);
    signal.addEventListener('abort', done, { once: true });
  });
}

const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

/**
 * Tells when something is copied out of the page by the browser: by copy, cut and drag, by print, and by
 * the key that saves a page. A save from the browser's menu makes no event.
 */
export function watchCopying(onCopying: (done: Promise<void>) => void, signal: AbortSignal): void {
  const options = { capture: true, passive: true, signal };
  const onShort = () => {
    onCopying(nextTurn());
  };
  for (const type of ['copy', 'cut', 'dragstart']) addListener(document, type, onShort, options);
  window.addEventListener(
    'beforeprint',
    () => {
      onCopying(heard(['afterprint'], signal));
    },
    options,
  );
  window.addEventListener(
    'keydown',
    ({ key, ctrlKey, metaKey, altKey, isTrusted }) => {
      if (!isTrusted || key.toLowerCase() !== 's' || altKey || !(ctrlKey || metaKey)) return;
      onCopying(saved(signal));
    },
    options,
  );
}

/** The dialog takes the focus of the window until the person has chosen a file, or none. */
async function saved(signal: AbortSignal): Promise<void> {
  const shown = heard(['blur'], signal).then(() => heard(['focus'], signal));
  const rest = () => new Promise<void>((resolve) => setTimeout(resolve, SAVING_MS));
  await Promise.race([shown, rest()]);
  while (!hasFocus(document) && !signal.aborted) await heard(['focus'], signal);
  await rest();
}
