#!/usr/bin/env bash
# A picture that the page's policy blocks, and that is never asked for, has two Resource Timing entries.
#
# Seen with: Chromium 156
# Their duration and status are 0. So an entry does not mean that anything was loaded or even asked for, and a count of
# entries counts a blocked picture twice; the status tells (200 and 404 have theirs).
#
# Run: findings/chromium-blocked-timing.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
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

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
function answer(request, response) {
  if (request.url.endsWith('.png')) {
    response.statusCode = request.url.includes('none') ? 404 : 200;
    response.setHeader('content-type', 'image/png').setHeader('cache-control', 'max-age=600').end(PNG);
    return;
  }
  const other = origin.replace('127.0.0.1', 'localhost');
  response.setHeader('content-security-policy', `img-src 'self'`);
  html(response, `<img src="/a.png"><img src="/none.png"><img src="${other}/b.png">`);
}
await page.goto(origin);
await wait(500);
const seen = await page.evaluate(() =>
  performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.png'))
    .map((entry) => {
      const { pathname } = new URL(entry.name);
      const { duration, responseStatus, transferSize, encodedBodySize } = entry;
      return `${pathname}: duration above 0: ${duration > 0}, status ${responseStatus}, bytes ${encodedBodySize}, sent: ${transferSize > 0}`;
    })
    .sort()
    .join('\n'),
);
console.log(seen);
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
/a.png: duration above 0: true, status 200, bytes 70, sent: true
/b.png: duration above 0: false, status 0, bytes 0, sent: false
/b.png: duration above 0: false, status 0, bytes 0, sent: false
/none.png: duration above 0: true, status 404, bytes 70, sent: true
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
