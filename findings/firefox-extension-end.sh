#!/usr/bin/env bash
# When an extension goes (removed; switched off and reloaded alike) its scripts in pages end without an event, an open port's
# onDisconnect included, and what they wrote stays; its style sheets alone go.
#
# Seen with: Firefox 153 ESR
# In Chrome such scripts run on: a port's onDisconnect fires, and chrome.runtime.id is undefined.
#
# Run: findings/firefox-extension-end.sh   (needs Node, npm and a Firefox: FIREFOX=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1
export FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
mkdir extension
cat >extension/manifest.json <<'JSON'
{
  "manifest_version": 3,
  "name": "Goes",
  "version": "1",
  "background": { "scripts": ["background.js"] },
  "permissions": ["scripting"],
  "host_permissions": ["http://127.0.0.1/*"],
  "content_scripts": [{ "matches": ["http://127.0.0.1/*"], "js": ["content.js"] }],
  "browser_specific_settings": { "gecko": { "id": "goes@example" } }
}
JSON
cat >extension/background.js <<'SCRIPT'
browser.runtime.onConnect.addListener(async (port) => {
  browser.runtime.onSuspend.addListener(() => port.postMessage('suspended'));
  const target = { tabId: port.sender.tab.id };
  await browser.scripting.insertCSS({ target, css: 'img { color: rgb(1, 2, 3) }' });
  port.postMessage('ready');
});
SCRIPT
cat >extension/content.js <<'SCRIPT'
const image = document.querySelector('img');
const tell = (what) => (image.dataset.told = `${image.dataset.told ?? ''} ${what}`);
const port = browser.runtime.connect();
port.onMessage.addListener((message) => {
  if (message === 'ready') image.alt = 'written';
  else tell(message);
});
port.onDisconnect.addListener(() => tell('disconnected'));
for (const type of ['pagehide', 'unload', 'visibilitychange']) addEventListener(type, () => tell(type));
image.addEventListener('click', () => tell('clicked'));
SCRIPT
cat >run.mjs <<'SCRIPT'
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const server = createServer((_, response) =>
  response.setHeader('content-type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><img>'),
);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: process.env.FIREFOX,
  extraPrefsFirefox: { 'extensions.originControls.grantByDefault': true },
});
const id = await browser.installExtension(`${process.cwd()}/extension`);
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}`);
await page.waitForSelector('img[alt=written]');
const look = async (when) => {
  const seen = await page.evaluate(() => {
    const image = document.querySelector('img');
    image.click();
    const { told = ' nothing' } = image.dataset;
    delete image.dataset.told;
    const isStyled = getComputedStyle(image).color === 'rgb(1, 2, 3)';
    return `text ${image.alt || 'gone'}; style sheet ${isStyled ? 'there' : 'gone'}; heard:${told}`;
  });
  console.log(`${when}: ${seen}`);
};
await look('before');
await browser.uninstallExtension(id);
await new Promise((resolve) => setTimeout(resolve, 3000));
await look('after');
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
before: text written; style sheet there; heard: clicked
after: text written; style sheet gone; heard: nothing
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
