import { LABEL_ATTRIBUTE, type Reply } from './message';

async function loaded(image: HTMLImageElement): Promise<void> {
  if (image.complete) return;
  await new Promise((resolve) => {
    image.addEventListener('load', resolve, { once: true });
    image.addEventListener('error', resolve, { once: true });
  });
}

/** Labels the page's images one after the other, in the order of the document. */
export async function labelImages(messageFor: (image: HTMLImageElement) => unknown): Promise<void> {
  for (const image of document.querySelectorAll('img')) {
    await loaded(image);
    const reply = await chrome.runtime.sendMessage<unknown, Reply>(messageFor(image));
    if (!('label' in reply)) throw new Error(reply.error);
    image.title = reply.label;
    image.setAttribute(LABEL_ATTRIBUTE, reply.label);
  }
}
