#!/usr/bin/env bash
# Setting src on a new image tells, in the same task, whether the document holds the picture.
#
# Seen with: Chromium 156
# The list of available images (HTML, "list of available images") answers before any request: `complete` is true at
# once for what the document has loaded, and taking src back in the same task sends nothing for what it has not.
# With crossOrigin set the key is another one, so the same probe of a picture that is shown starts a second request.
#
# Run: findings/chromium-available-images.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1
export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
cat >run.mjs <<'SCRIPT'
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

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPhfDwAChAGA2o5+7wAAAABJRU5ErkJggg==', 'base64');
function answer(request, response) {
  if (request.url.endsWith('.png')) {
    response.setHeader('content-type', 'image/png').setHeader('cache-control', 'no-store');
    response.setHeader('access-control-allow-origin', '*').end(pixel);
  } else html(response, '<img src="/shown.png">');
}
await page.goto(origin, { waitUntil: 'load' });
const probe = (address, crossOrigin) =>
  page.evaluate(
    (src, mode) => {
      const image = new Image();
      if (mode !== null) image.crossOrigin = mode;
      image.src = src;
      const known = image.complete;
      image.removeAttribute('src');
      return known;
    },
    address,
    crossOrigin,
  );
const count = (address) => requests.filter((each) => each === address).length;
const shown = await probe('/shown.png', null);
const other = await probe('/other.png', null);
await wait(300);
console.log(`shown: complete at once ${shown}, requests ${count('/shown.png')}`);
console.log(`never shown: complete at once ${other}, requests ${count('/other.png')}`);
const crossed = await page.evaluate(async () => {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = '/shown.png';
  const known = image.complete;
  await image.decode().catch(() => undefined);
  return known;
});
console.log(`shown, asked with crossOrigin: complete at once ${crossed}, requests ${count('/shown.png')}`);
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
shown: complete at once true, requests 1
never shown: complete at once false, requests 0
shown, asked with crossOrigin: complete at once false, requests 2
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
