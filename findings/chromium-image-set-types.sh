#!/usr/bin/env bash
# image-set(): a type that the browser cannot decode is taken, one that it can is passed over.
#
# Seen with: Chromium 156
# `type("image/jxl")` is chosen although no JPEG XL is decoded there, so nothing is drawn; `type("image/svg+xml")` is
# skipped although SVG is drawn everywhere else. Whoever tells which picture of an image-set is shown must not ask
# what the browser decodes, but what its CSS accepts.
#
# Run: findings/chromium-image-set-types.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
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

function answer(request, response) {
  if (request.url === '/') html(response, '<div id="box" style="width:9px;height:9px"></div>');
  else response.writeHead(404).end();
}
for (const type of ['image/jxl', 'image/svg+xml', 'image/avif', 'image/webp', 'image/no-such']) {
  await page.goto(origin);
  requests.length = 0;
  await page.evaluate((each) => {
    document.querySelector('#box').style.backgroundImage =
      `image-set(url(/typed) type("${each}"), url(/fallback) type("image/png"))`;
  }, type);
  await wait(200);
  console.log(`${type}: asks for ${requests.join(' ') || 'nothing'}`);
}
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
image/jxl: asks for /typed
image/svg+xml: asks for /fallback
image/avif: asks for /typed
image/webp: asks for /typed
image/no-such: asks for /fallback
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
