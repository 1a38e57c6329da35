#!/usr/bin/env bash
# createImageBitmap(source, x, y, w, h) of a turned JPEG (EXIF 6 or 8) takes the crop from the point-mirrored place.
#
# Seen with: Chromium 156, sharp 0.35.5
# The crop is counted in the turned picture, as drawImage counts it, for orientations 1, 3; for 6 and 8 another corner
# comes back. Draw the whole picture and cut then.
#
# Run: findings/chromium-bitmap-crop-orientation.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
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

// Four quarters of one colour each, as they are seen once the picture is turned.
const quarter = (background) => ({ create: { width: 32, height: 32, channels: 3, background } });
const seenAs = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#000' } })
  .composite([
    { input: quarter('#f00'), left: 0, top: 0 },
    { input: quarter('#0f0'), left: 32, top: 0 },
    { input: quarter('#00f'), left: 0, top: 32 },
    { input: quarter('#ff0'), left: 32, top: 32 },
  ])
  .png()
  .toBuffer();
const BACK = { 1: 0, 3: 180, 6: 270, 8: 90 };
const files = {};
for (const [orientation, turn] of Object.entries(BACK)) {
  files[`/${orientation}.jpg`] = await sharp(seenAs).rotate(turn).withMetadata({ orientation: Number(orientation) }).jpeg({ quality: 95 }).toBuffer();
}
function answer(request, response) {
  const file = files[request.url];
  if (file === undefined) html(response, '');
  else response.setHeader('content-type', 'image/jpeg').end(file);
}
await page.goto(origin);
for (const orientation of Object.keys(BACK)) {
  const line = await page.evaluate(async (each) => {
    const blob = await (await fetch(`/${each}.jpg`)).blob();
    const name = ([red, green, blue]) =>
      red > 128 ? (green > 128 ? 'yellow' : 'red') : green > 128 ? 'green' : 'blue';
    const canvas = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
    canvas.drawImage(await createImageBitmap(blob, 4, 4, 8, 8), 0, 0);
    const cropped = name(canvas.getImageData(4, 4, 1, 1).data);
    canvas.drawImage(await createImageBitmap(blob), 4, 4, 8, 8, 0, 0, 8, 8);
    return `EXIF ${each}: top left is ${name(canvas.getImageData(4, 4, 1, 1).data)}, cropped by createImageBitmap ${cropped}`;
  }, orientation);
  console.log(line);
}
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
EXIF 1: top left is red, cropped by createImageBitmap red
EXIF 3: top left is red, cropped by createImageBitmap red
EXIF 6: top left is red, cropped by createImageBitmap yellow
EXIF 8: top left is red, cropped by createImageBitmap yellow
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
