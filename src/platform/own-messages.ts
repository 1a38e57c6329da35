import browser, { type Runtime } from 'webextension-polyfill';

/**
 * Hears messages of the extension itself in a content script; a message of anyone else is not for it.
 * @param listener answers, or gives undefined where the message is another listener's
 * @returns ends the hearing
 */
export function onOwnMessage<A>(
  listener: (message: unknown) => Promise<A> | undefined,
): () => void {
  const heard = (message: unknown, sender: Runtime.MessageSender): Promise<A> | undefined =>
    sender.id === browser.runtime.id ? listener(message) : undefined;
  browser.runtime.onMessage.addListener(heard);
  return () => {
    browser.runtime.onMessage.removeListener(heard);
  };
}
