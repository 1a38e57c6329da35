#!/usr/bin/env bash
# drawImage of an <img> that shows a camera (multipart/x-mixed-replace) goes on drawing the picture that it drew first; createImageBitmap and VideoFrame take the one that is shown.
#
# Seen with: Firefox 153 ESR, sharp 0.35.5
# https://html.spec.whatwg.org/#drawing-images knows no memory of earlier drawings. Undrawn before, the picture of the moment is drawn.
# Every picture fires `load`, and no resource timing entry is there while they are sent.
#
# Run: findings/firefox-camera-canvas.sh   (needs Node, npm and a Firefox: FIREFOX=/path/to/it where none is found)
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

const [red, blue] = await Promise.all(
  ['#f00', '#00f'].map((background) => sharp({ create: { width: 64, height: 48, channels: 3, background } }).jpeg().toBuffer()),
);
let shown = red;
const server = createServer((request, response) => {
  if (request.url !== '/camera') {
    response.setHeader('content-type', 'text/html').end('<!doctype html><link rel="icon" href="data:,">');
    return;
  }
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
  const timer = setInterval(() => {
    response.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${shown.length}\r\n\r\n`);
    response.write(shown);
    response.write('\r\n');
  }, 100);
  response.on('close', () => clearInterval(timer));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}`);
await page.evaluate(() => {
  globalThis.loads = 0;
  globalThis.image = Object.assign(new Image(), { onload: () => (loads += 1), src: '/camera' });
  document.body.append(image);
});
await page.waitForFunction('loads > 1');
await page.evaluate(() => {
  globalThis.colourOf = (source) => {
    const context = new OffscreenCanvas(64, 48).getContext('2d');
    context.drawImage(source, 0, 0);
    const [r, , b] = context.getImageData(9, 9, 1, 1).data;
    return r > b ? 'red' : 'blue';
  };
  colourOf(image);
});
shown = blue;
await new Promise((resolve) => setTimeout(resolve, 1500));
console.log(
  await page.evaluate(async () => {
    const noted = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/camera')).length;
    return [
      `drawImage: ${colourOf(image)}`,
      `createImageBitmap: ${colourOf(await createImageBitmap(image))}`,
      `VideoFrame: ${colourOf(new VideoFrame(image, { timestamp: 0 }))}`,
      `timing entries: ${noted}`,
      `load events: ${loads > 5 ? 'one a picture' : loads}`,
    ].join('\n');
  }),
);
await browser.close();
server.closeAllConnections();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
drawImage: red
createImageBitmap: blue
VideoFrame: blue
timing entries: 0
load events: one a picture
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
