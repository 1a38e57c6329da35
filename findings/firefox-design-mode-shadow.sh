#!/usr/bin/env bash
# Design mode makes a document's elements :read-write, but none in its shadow trees.
#
# Seen with: Firefox 153 ESR
# https://html.spec.whatwg.org/#editing-host names the html element alone, and what is editable has an editable parent: a shadow root
# is none. Chromium 156 has elements in shadow trees match too, styles them anew and so tells a ResizeObserver.
#
# Run: findings/firefox-design-mode-shadow.sh   (needs Node, npm and a Firefox: FIREFOX=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1
export FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
cat >run.mjs <<'SCRIPT'
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const server = createServer((_, response) =>
  response.setHeader('content-type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><i></i><div></div>'),
);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}`);
console.log(
  await page.evaluate(async () => {
    const styles = '<style>i { display: block; width: 10px } i:read-write { width: 20px }</style>';
    document.head.innerHTML += styles;
    const root = document.querySelector('div').attachShadow({ mode: 'open' });
    root.innerHTML = `${styles}<i></i>`;
    const parts = { document: document.querySelector('i'), 'shadow tree': root.querySelector('i') };
    const seen = [];
    for (const designMode of ['off', 'on']) {
      document.designMode = designMode;
      await new Promise((resolve) => setTimeout(resolve, 500));
      for (const [name, part] of Object.entries(parts)) {
        const { width } = part.getBoundingClientRect();
        seen.push(`design mode ${designMode}, ${name}: ${part.matches(':read-write') ? 'read-write' : 'read-only'}, ${width}px`);
      }
    }
    return seen.join('\n');
  }),
);
await browser.close();
server.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
design mode off, document: read-only, 10px
design mode off, shadow tree: read-only, 10px
design mode on, document: read-write, 20px
design mode on, shadow tree: read-only, 10px
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
