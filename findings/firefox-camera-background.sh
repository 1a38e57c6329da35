#!/usr/bin/env bash
# A new Image with the address of a camera (multipart/x-mixed-replace) that a style or an SVG <image> shows is complete at once, asks for nothing, and fires `load` for every picture that is sent from then on.
#
# Seen with: Firefox 153 ESR, sharp 0.35.5
# https://html.spec.whatwg.org/#updating-the-image-data fires one `load` for what is in the list of available images. Nothing else
# tells a page that its background changes: the element fires nothing, and no resource timing entry is there while pictures are sent.
# Chromium 156 notes the request at its first picture, see chromium-multipart-timing.sh.
#
# Run: findings/firefox-camera-background.sh   (needs Node, npm and a Firefox: FIREFOX=/path/to/it where none is found)
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

const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#f00' } }).jpeg().toBuffer();
const pages = {
  background: '<div style="width: 64px; height: 48px; background: url(/camera)"></div>',
  content: '<div style="width: 64px; height: 48px; content: url(/camera)"></div>',
  'SVG image': '<svg width="64" height="48"><image href="/camera" width="64" height="48"/></svg>',
  'still background': '<div style="width: 64px; height: 48px; background: url(/still)"></div>',
};
let requests = 0;
const server = createServer((request, response) => {
  if (request.url === '/still') {
    requests += 1;
    response.setHeader('content-type', 'image/jpeg').end(picture);
    return;
  }
  if (request.url !== '/camera') {
    response.setHeader('content-type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><body>');
    return;
  }
  requests += 1;
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
  const timer = setInterval(() => {
    response.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`);
    response.write(picture);
    response.write('\r\n');
  }, 100);
  response.on('close', () => clearInterval(timer));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX });
for (const [name, html] of Object.entries(pages)) {
  requests = 0;
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}`);
  await page.evaluate((body) => (document.body.innerHTML = body), html);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const seen = await page.evaluate(async (address) => {
    let loads = 0;
    const image = Object.assign(new Image(), { onload: () => (loads += 1), src: address });
    const isThere = image.complete && image.naturalWidth > 0;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return `${isThere ? 'complete at once' : 'not there'}; load events: ${loads > 5 ? 'one a picture' : loads}`;
  }, html.includes('/still') ? '/still' : '/camera');
  console.log(`${name}: ${seen}; requests: ${requests}`);
  await page.close();
}
await browser.close();
server.closeAllConnections();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
background: complete at once; load events: one a picture; requests: 1
content: complete at once; load events: one a picture; requests: 1
SVG image: complete at once; load events: one a picture; requests: 1
still background: complete at once; load events: 1; requests: 1
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
