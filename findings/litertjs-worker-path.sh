#!/usr/bin/env bash
# LiteRT.js in a classic worker: the script comes from the folder that loadLiteRt was given, its .wasm from the worker's.
#
# Seen with: Chromium 156, @litertjs/core 2.5.3, @litertjs/wasm-utils 2.5.3
# In a document `loadLiteRt('/litert/')` reads both files from /litert/. In a worker the emscripten script, read by
# importScripts, takes the place of the worker for its own: it asks for /litert_wasm_internal.wasm and fails.
# (In a module worker it cannot start at all: importScripts throws there.)
#
# Run: findings/litertjs-worker-path.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1 @litertjs/core@2.5.3 @litertjs/wasm-utils@2.5.3 esbuild@0.25.12
export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
cat >run.mjs <<'SCRIPT'
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

writeFileSync(
  'worker.mjs',
  `import { loadLiteRt } from '@litertjs/core';
   loadLiteRt(new URL('/litert/', location.href).href).then(() => postMessage('ready'), (error) => postMessage(String(error.message ?? error).slice(0, 20)));`,
);
writeFileSync('page.mjs', `import { loadLiteRt } from '@litertjs/core';
   loadLiteRt('/litert/').then(() => { globalThis.said = 'ready'; }, (error) => { globalThis.said = String(error); });`);
execFileSync('node', ['node_modules/esbuild/install.js']);
for (const name of ['worker', 'page']) {
  execFileSync('node_modules/.bin/esbuild', [`${name}.mjs`, '--bundle', '--format=iife', `--outfile=${name}.js`, '--log-level=error']);
}
function answer(request, response) {
  const name = request.url.split('/').pop();
  const file = request.url.startsWith('/litert/') ? `node_modules/@litertjs/core/wasm/${name}` : name;
  if (request.url === '/') return html(response, '<body><script src="/page.js"></script>');
  if (request.url === '/worker') return html(response, '<p>worker</p>');
  if (!existsSync(file)) return response.writeHead(404).end();
  const type = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
  response.setHeader('content-type', type).end(readFileSync(file));
}
const wasm = () => [...new Set(requests.filter((each) => each.endsWith('.wasm')))].join(' ');
await page.goto(origin);
await page.waitForFunction('globalThis.said');
console.log(`document: ${await page.evaluate('said')}, asked for ${wasm()}`);
requests.length = 0;
await page.goto(`${origin}/worker`);
const said = await page.evaluate(
  () => new Promise((resolve) => (new Worker('/worker.js').onmessage = ({ data }) => resolve(data))),
);
console.log(`classic worker: ${said === 'ready' ? said : 'fails'}, asked for ${wasm()}`);
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
document: ready, asked for /litert/litert_wasm_internal.wasm
classic worker: fails, asked for /litert_wasm_internal.wasm
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
