#!/usr/bin/env bash
# createImageBitmap's resizeQuality 'high' reduces exactly as 'medium' does.
#
# Seen with: Chromium 156
# Only enlarging differs. A picture reduced by the browser is so no better for a model with 'high' than with 'medium':
# where the filter of the last step matters, take more pixels and reduce them in code of your own.
#
# Run: findings/chromium-resize-quality.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
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
  html(response, '');
}
await page.goto(origin);
const lines = await page.evaluate(async () => {
  const side = 300;
  const data = new Uint8ClampedArray(side * side * 4);
  for (let index = 0; index < data.length; index += 1) data[index] = index % 4 === 3 ? 255 : (index * 7919) % 251;
  const pixels = async (to, resizeQuality) => {
    const bitmap = await createImageBitmap(new ImageData(data, side, side), { resizeWidth: to, resizeHeight: to, resizeQuality });
    const canvas = new OffscreenCanvas(to, to).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    return canvas.getImageData(0, 0, to, to).data;
  };
  const out = [];
  for (const to of [256, 150, 100, 600]) {
    const high = await pixels(to, 'high');
    const medium = await pixels(to, 'medium');
    const low = await pixels(to, 'low');
    const same = (a, b) => a.every((value, index) => value === b[index]);
    out.push(`${side} to ${to}: high is medium ${same(high, medium)}, medium is low ${same(medium, low)}`);
  }
  return out;
});
console.log(lines.join('\n'));
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
300 to 256: high is medium true, medium is low false
300 to 150: high is medium true, medium is low false
300 to 100: high is medium true, medium is low false
300 to 600: high is medium false, medium is low false
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
