#!/usr/bin/env bash
# scripting.executeScript: of an argument that is an object, the properties that are null do not arrive.
#
# Seen with: Chromium 156
# The arguments "must be JSON-serializable", and JSON has null. Null in an array and null as an argument arrive as null;
# null in an object, however deep, is left out, so that `'key' in object` is false and a schema that asks for the key
# refuses the object. tabs.sendMessage keeps it. An object that must be whole goes as its JSON text.
#
# Run: findings/chromium-script-arguments.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1
export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
cat >run.mjs <<'SCRIPT'
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>page</p>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const path = `${process.cwd()}/extension`;
mkdirSync(path);
const manifest = {
  ...{ manifest_version: 3, name: 'Arguments', version: '1', background: { service_worker: 'worker.js' } },
  ...{ permissions: ['scripting'], host_permissions: ['http://127.0.0.1/*'] },
};
writeFileSync(`${path}/manifest.json`, JSON.stringify(manifest));
writeFileSync(`${path}/worker.js`, '');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  pipe: true,
  enableExtensions: [path],
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const target = await browser.waitForTarget((each) => each.type() === 'service_worker');
const worker = await target.worker();
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const seen = await worker.evaluate(async () => {
  const given = [{ a: null, b: 1, c: [null], d: { e: null } }, null];
  const [{ id: tabId }] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
  const byArguments = await chrome.scripting.executeScript({
    target: { tabId },
    args: given,
    func: (...got) => JSON.stringify(got),
  });
  await chrome.scripting.executeScript({
    target: { tabId },
    func: () => {
      chrome.runtime.onMessage.addListener((got, _, answer) => answer(JSON.stringify(got)));
    },
  });
  const byMessage = await chrome.tabs.sendMessage(tabId, given);
  return { given: JSON.stringify(given), byArguments: byArguments[0].result, byMessage };
});
console.log(`given: ${seen.given}\nby executeScript: ${seen.byArguments}\nby sendMessage: ${seen.byMessage}`);
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
given: [{"a":null,"b":1,"c":[null],"d":{"e":null}},null]
by executeScript: [{"b":1,"c":[null],"d":{}},null]
by sendMessage: [{"a":null,"b":1,"c":[null],"d":{"e":null}},null]
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
