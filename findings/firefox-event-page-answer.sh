#!/usr/bin/env bash
# An event page is suspended while a content script waits for its answer; the wait ends with undefined or an error. A
# call of the extension interface every second, like runtime.getPlatformInfo(), keeps it: a timer alone does not.
#
# Seen with: Firefox 153 ESR, with extensions.background.idle.timeout at 3 s instead of 30
# Chrome holds a service worker for five minutes while an answer is awaited.
#
# Run: findings/firefox-event-page-answer.sh   (needs Node, npm and a Firefox: FIREFOX=/path/to/it where none is found)
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
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const tick = setInterval(() => undefined, 100);
browser.runtime.onMessage.addListener(async (kind) => {
  const beat = kind === 'beating' ? setInterval(() => browser.runtime.getPlatformInfo(), 1000) : 0;
  await wait(9000);
  clearInterval(beat);
  return 'answered';
});
SCRIPT
cat >extension/content.js <<'SCRIPT'
(async () => {
  const seen = [];
  for (const kind of ['beating', 'silent']) {
    const answer = await browser.runtime.sendMessage(kind).catch(() => undefined);
    seen.push(`${kind}: ${answer ?? 'lost'}`);
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
  extraPrefsFirefox: { 'extensions.originControls.grantByDefault': true, 'extensions.background.idle.timeout': 3000 },
});
await browser.installExtension(`${process.cwd()}/extension`);
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}`);
await page.waitForFunction(() => document.title !== '', { timeout: 40000 });
console.log(await page.title());
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
beating: answered; silent: lost
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
