#!/usr/bin/env bash
# A thing in the top layer inside a shadow root is hovered over, and nothing around that root is: not the host, not <html>.
#
# Seen with: Chromium 156
# Selectors say that an element is in :hover where one of its flat-tree descendants is. So whoever walks :hover from
# the document inwards finds nothing under the pointer, while a popover in a shadow root is there and matches.
#
# Run: findings/chromium-top-layer-hover.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
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
  html(response, '<body style="margin:0"><p id="text" style="height:100vh;margin:0">text</p><div id="host"></div>');
}
await page.goto(origin);
await page.evaluate(() => {
  globalThis.root = document.querySelector('#host').attachShadow({ mode: 'open' });
  root.innerHTML = '<div popover="manual" style="width:200px;height:100px;inset:0;margin:0">card</div>';
});
const look = () =>
  page.evaluate(() => {
    const inside = root.querySelector('div').matches(':hover');
    const [host, html] = ['#host', 'html'].map((each) => document.querySelector(each).matches(':hover'));
    return `inside: ${inside}, its host: ${host}, html: ${html}`;
  });
await page.mouse.move(300, 300);
await page.mouse.move(50, 50);
const before = await look();
await page.evaluate(() => root.querySelector('div').showPopover());
await page.mouse.move(300, 300);
await page.mouse.move(50, 50);
await wait(100);
const shown = await look();
await page.evaluate(() => {
  root.querySelector('div').hidePopover();
  const box = root.querySelector('div');
  box.removeAttribute('popover');
  box.style.position = 'fixed';
});
await page.mouse.move(300, 300);
await page.mouse.move(50, 50);
await wait(100);
const fixed = await look();
const seen = `not shown: ${before}\nin the top layer: ${shown}\nfixed, not in the top layer: ${fixed}`;
console.log(seen);
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
not shown: inside: false, its host: false, html: true
in the top layer: inside: true, its host: false, html: false
fixed, not in the top layer: inside: true, its host: true, html: true
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
