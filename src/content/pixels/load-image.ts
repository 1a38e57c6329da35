import { CodedError } from '../../core/errors';

/** A picture that is still on its way when it is asked about gets this long. */
export const LOAD_TIMEOUT_MS = 10_000;

/**
 * Waits until an image is loaded, well or badly.
 * @throws CodedError `image-not-loaded` when it takes too long; AbortError
 */
export async function settled(image: HTMLImageElement, signal: AbortSignal): Promise<void> {
  if (image.complete) return;
  const timeout = AbortSignal.timeout(LOAD_TIMEOUT_MS);
  await new Promise<void>((resolve, reject) => {
    const options = { once: true, signal: AbortSignal.any([signal, timeout]) };
    image.addEventListener(
      'load',
      () => {
        resolve();
      },
      options,
    );
    image.addEventListener(
      'error',
      () => {
        resolve();
      },
      options,
    );
    options.signal.addEventListener('abort', () => {
      reject(
        timeout.aborted
          ? new CodedError('image-not-loaded', `Not loaded within ${LOAD_TIMEOUT_MS / 1000} s.`)
          : new DOMException('Not wanted any more.', 'AbortError'),
      );
    });
  });
}

/** To take over an address of so many characters costs the browser milliseconds: 4 MB take 10 to 20. */
const LONG_ADDRESS = 65_536;

let lastTurn = Promise.resolve();

/** A task of its own, after those that were asked for before. */
function turn(): Promise<void> {
  lastTurn = lastTurn.then(
    () =>
      new Promise((resolve) => {
        setTimeout(resolve);
      }),
  );
  return lastTurn;
}

/**
 * An image of its own, outside the page, with this `data:` or `blob:` address: no network is asked. It may
 * have failed: `naturalWidth` is 0 then.
 */
export async function loadImage(address: string, signal: AbortSignal): Promise<HTMLImageElement> {
  const isLong = address.length > LONG_ADDRESS;
  if (isLong) await turn();
  const image = new Image();
  image.src = address;
  if (isLong) await turn();
  await settled(image, signal);
  return image;
}
