#!/usr/bin/env bash
# document.open() removes event listeners from the document, and leaves its mutation observers at work.
#
# Seen with: Chromium 156
# HTML says "erase all event and internal listeners" of the document and its window; a MutationObserver is no listener.
# A content script that waits for events is deaf after document.open() and write(), one that observes is not.
#
# Run: findings/chromium-document-open-observers.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
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
  html(response, '<p>before</p>');
}
await page.goto(origin);
const seen = await page.evaluate(async () => {
  let [events, records] = [0, 0];
  document.addEventListener('click', () => (events += 1));
  window.addEventListener('click', () => (events += 1));
  new MutationObserver((list) => (records += list.length)).observe(document, { childList: true, subtree: true });
  document.body.click();
  const before = events;
  document.open();
  document.write('<!doctype html><p>after</p>');
  document.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  document.body.click();
  return `click heard before: ${before}, after: ${events - before}; changes observed after: ${records > 0}`;
});
console.log(seen);
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
click heard before: 2, after: 0; changes observed after: true
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
