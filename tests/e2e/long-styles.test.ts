/** Backgrounds of megabytes inside style sheets, and classes that change: labels follow them. */
import sharp from 'sharp';
import { expect, test } from 'vitest';

import { openSession, openSite } from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

const PICTURES = 3;
const CHANGES = 10;

/** A photo as a `data:` address of 4 MB. */
async function longAddress(photo: string | Uint8Array | undefined): Promise<string> {
  const body = await sharp(Buffer.from(photo ?? ''))
    .resize(1155, 866)
    .png({ compressionLevel: 0 })
    .toBuffer();
  return `data:image/png;base64,${body.toString('base64')}`;
}

test('each box has the label of what it shows in the end', async () => {
  const photos = Object.values(await photoResources(PICTURES));
  const addresses = await Promise.all(photos.map(({ body }) => longAddress(body)));
  const rules = addresses.map((address, index) => `.p${index}{background-image:url(${address})}`);
  const boxes = addresses.map((_, index) => `<div role="img" class="p${index}"></div>`);
  const site = await openSite({
    resources: {
      '/style.css': { body: rules.join('\n'), contentType: 'text/css' },
      '/long.html': {
        body: `<!doctype html><html lang="en"><title>Long</title><link rel="icon" href="data:,">
          <link rel="stylesheet" href="/style.css">
          <style>div{width:300px;height:200px;float:left;background-size:cover}</style>
          <body>${boxes.join('')}`,
      },
    },
  });
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  await session.ask('setLabelAllSites', { enabled: true });
  const page = await session.openPage(`${site.origin}/long.html`);
  const tabId = await tabIdOf(session, page);
  const classes = async () => {
    const { images } = await session.ask('getPageReport', { tabId });
    return images.map(({ prediction }) => prediction?.predictions[0]?.classIndex);
  };
  const isDone = () => untilProgress(session, tabId, ({ labelled }) => labelled === PICTURES);
  await isDone();
  const first = await classes();
  expect(new Set(first).size).toBe(PICTURES);
  await page.evaluate(
    async (changes, pictures) => {
      for (let change = 1; change <= changes; change += 1) {
        for (const [index, box] of [...document.querySelectorAll('div')].entries()) {
          box.className = `p${(index + change) % pictures}`;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    CHANGES,
    PICTURES,
  );
  await expect
    .poll(classes, { timeout: 20_000 })
    .toEqual(first.map((_, index) => first[(index + CHANGES) % PICTURES]));
  await session.close();
});
