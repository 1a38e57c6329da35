#!/usr/bin/env bash
# A JPEG that lacks its last byte: the page and drawImage paint it, createImageBitmap refuses file and element alike.
#
# Seen with: Chromium 156, sharp 0.35.5
# An <img> of it is complete, has its size and is painted but for its last rows, by the page and by drawImage;
# createImageBitmap rejects with InvalidStateError, for the bytes as a Blob and for the very <img> that is shown.
# So whoever reads what a page shows has to fall back on drawImage.
#
# Run: findings/chromium-cut-jpeg.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1 sharp@0.35.5
export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
cat >run.mjs <<'SCRIPT'
import sharp from 'sharp';
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const requests = [];
const server = createServer((request, response) => {
  requests.push(request.url);
  answer(request, response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
const html = (response, text) => response.setHeader('content-type', 'text/html').end(`<!doctype html>${text}`);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const whole = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#3a7' } }).jpeg().toBuffer();
const cut = whole.subarray(0, whole.length - 1);
function answer(request, response) {
  if (request.url === '/cut.jpg') response.setHeader('content-type', 'image/jpeg').end(cut);
  else html(response, '<img src="/cut.jpg">');
}
await page.goto(origin);
const seen = await page.evaluate(async () => {
  const [image] = document.images;
  await image.decode().catch(() => undefined);
  const blob = await (await fetch('/cut.jpg')).blob();
  const told = (promise) => promise.then((bitmap) => `${bitmap.width} x ${bitmap.height}`, (error) => error.name);
  const canvas = new OffscreenCanvas(64, 48).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const alpha = canvas.getImageData(0, 0, 64, 48).data.filter((_, index) => index % 4 === 3);
  return [
    `img: ${image.naturalWidth} x ${image.naturalHeight}, pixels drawn ${alpha.filter((each) => each === 255).length} of ${alpha.length}`,
    `createImageBitmap(blob): ${await told(createImageBitmap(blob))}`,
    `createImageBitmap(img): ${await told(createImageBitmap(image))}`,
  ];
});
console.log(seen.join('\n'));
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
img: 64 x 48, pixels drawn 1920 of 3072
createImageBitmap(blob): InvalidStateError
createImageBitmap(img): InvalidStateError
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
