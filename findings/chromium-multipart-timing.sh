#!/usr/bin/env bash
# An image sent as multipart/x-mixed-replace has no end in resource timing: responseEnd is 0 while it is shown.
#
# Seen with: Chromium 156
# Cameras send such streams. `complete` is true and the picture is painted from its first part on, and the entry of the
# request stands there with responseEnd 0 for as long as the stream is open: "has it been loaded" must not be asked
# of resource timing alone.
#
# Run: findings/chromium-multipart-timing.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
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

const part = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#37a' } }).jpeg().toBuffer();
let stream;
function answer(request, response) {
  if (request.url !== '/camera') return html(response, '<img src="/camera">');
  response.setHeader('content-type', 'multipart/x-mixed-replace; boundary=part');
  stream = response;
  for (let shot = 0; shot < 3; shot += 1) {
    response.write(`--part\r\nContent-Type: image/jpeg\r\nContent-Length: ${part.length}\r\n\r\n`);
    response.write(part);
    response.write('\r\n');
  }
}
await page.goto(origin, { waitUntil: 'domcontentloaded' });
await wait(1000);
const seen = await page.evaluate(() => {
  const [image] = document.images;
  const entries = performance.getEntriesByName(image.src);
  return `painted ${image.naturalWidth} x ${image.naturalHeight}; entries ${entries.length}, responseEnd ${entries.map(({ responseEnd }) => responseEnd).join()}`;
});
console.log(seen);
stream.end();
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
painted 16 x 16; entries 1, responseEnd 0
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
