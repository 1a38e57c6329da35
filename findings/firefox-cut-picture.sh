#!/usr/bin/env bash
# A picture file that ends in the middle decodes without an error, from its bytes too; what is missing is opaque white, or transparent.
#
# Seen with: Firefox 153 ESR, sharp 0.35.5
# https://html.spec.whatwg.org/#dom-createimagebitmap has the promise rejected with InvalidStateError where image data is "corrupted in
# some fatal way"; decode() likewise. For half a JPEG, PNG or GIF Firefox resolves both, with white rows where the format
# of the file has no alpha channel: nothing but the bytes tells such a picture from one with a white lower half.
# Chromium 156 refuses all four as a Blob.
#
# Run: findings/firefox-cut-picture.sh   (needs Node, npm and a Firefox: FIREFOX=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1 sharp@0.35.5
export FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
cat >run.mjs <<'SCRIPT'
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';
import sharp from 'sharp';

const noise = { type: 'gaussian', mean: 100, sigma: 30 };
const picture = (channels) => sharp({ create: { width: 96, height: 64, channels, background: '#000', noise } });
const files = {
  '/half.jpg': await picture(3).jpeg().toBuffer(),
  '/half.png': await picture(3).png().toBuffer(),
  '/half-with-alpha.png': await picture(3).ensureAlpha(0.9).png().toBuffer(),
  '/half.gif': await picture(3).gif().toBuffer(),
};
const server = createServer((request, response) => {
  const file = files[request.url];
  if (file === undefined) response.setHeader('content-type', 'text/html').end('<!doctype html>');
  else response.setHeader('content-type', `image/${request.url.split('.')[1].replace('jpg', 'jpeg')}`).end(file.subarray(0, file.length >> 1));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}`);
for (const name of Object.keys(files)) {
  const seen = await page.evaluate(async (address) => {
    const image = Object.assign(new Image(), { src: address });
    await new Promise((resolve) => (image.onload = image.onerror = resolve));
    const decoded = await image.decode().then(() => 'decoded', ({ name: error }) => error);
    const last = await fetch(address)
      .then((response) => response.blob())
      .then(createImageBitmap)
      .then((bitmap) => {
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        return `last pixel ${[...context.getImageData(95, 63, 1, 1).data].join(' ')}`;
      }, ({ name: error }) => error);
    return `${decoded}; from its bytes: ${last}`;
  }, name);
  console.log(`${name}: ${seen}`);
}
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
/half.jpg: decoded; from its bytes: last pixel 255 255 255 255
/half.png: decoded; from its bytes: last pixel 255 255 255 255
/half-with-alpha.png: decoded; from its bytes: last pixel 0 0 0 0
/half.gif: decoded; from its bytes: last pixel 255 255 255 255
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
