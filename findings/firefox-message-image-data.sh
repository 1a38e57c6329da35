#!/usr/bin/env bash
# An answer to a content script that holds an ImageData anywhere arrives as an object without any property. No error, no warning.
#
# Seen with: Firefox 153 ESR
# MDN names structured clone as Firefox's way of messages; https://html.spec.whatwg.org/#serializable-objects has ImageData among
# what can be cloned. A Blob, an ArrayBuffer and a typed array arrive.
#
# Run: findings/firefox-message-image-data.sh   (needs Node, npm and a Firefox: FIREFOX=/path/to/it where none is found)
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
  "name": "Answers",
  "version": "1",
  "background": { "scripts": ["background.js"] },
  "host_permissions": ["http://127.0.0.1/*"],
  "content_scripts": [{ "matches": ["http://127.0.0.1/*"], "js": ["content.js"] }],
  "browser_specific_settings": { "gecko": { "id": "answers@example" } }
}
JSON
cat >extension/background.js <<'SCRIPT'
const answers = {
  bytes: () => ({ value: 1, pixels: new Uint8Array(4) }),
  blob: () => ({ value: 1, pixels: new Blob(['1234']) }),
  imageData: () => ({ value: 1, pixels: new ImageData(1, 1) }),
};
browser.runtime.onMessage.addListener((kind) => Promise.resolve(answers[kind]()));
SCRIPT
cat >extension/content.js <<'SCRIPT'
(async () => {
  const seen = [];
  for (const kind of ['bytes', 'blob', 'imageData']) {
    const answer = await browser.runtime.sendMessage(kind);
    seen.push(`${kind}: ${Object.keys(answer).join(' ') || 'nothing'}`);
  }
  document.title = seen.join('; ');
})();
SCRIPT
cat >run.mjs <<'SCRIPT'
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: process.env.FIREFOX,
  extraPrefsFirefox: { 'extensions.originControls.grantByDefault': true },
});
await browser.installExtension(`${process.cwd()}/extension`);
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}`);
await page.waitForFunction(() => document.title !== '', { timeout: 20000 });
console.log(await page.title());
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
bytes: value pixels; blob: value pixels; imageData: nothing
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
