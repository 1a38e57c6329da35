#!/usr/bin/env bash
# The box of a <use> that shows a <symbol> of the drawing's size is scaled by the symbol's viewBox once too often; getBBox is right.
#
# Seen with: Firefox 153 ESR
# https://svgwg.org/svg2-draft/struct.html#UseLayout gives the used symbol the whole of its drawing, 600 x 400 here, and
# both its box on the screen and its box in user units (nothing is transformed) have to be that. A viewBox of half the
# drawing's size makes the first twice as large as what is painted, one of twice the size half as large; with width
# and height on the <use> or the <symbol> equal to the viewBox nothing is scaled, and both are right.
# Chromium 156 gives 600 x 400 throughout.
#
# Run: findings/firefox-symbol-box.sh   (needs Node, npm and a Firefox: FIREFOX=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1
export FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
cat >run.mjs <<'SCRIPT'
import puppeteer from 'puppeteer-core';

const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX });
const page = await browser.newPage();
const symbol = (id, width, height, more = '') =>
  `<symbol id="${id}" viewBox="0 0 ${width} ${height}"${more}><rect width="${width}" height="${height}"/></symbol>`;
await page.setContent(`<!doctype html><body style="margin:0"><svg width="600" height="400" style="display:block">
  ${symbol('half', 300, 200)}${symbol('same', 600, 400)}${symbol('double', 1200, 800)}${symbol('sized', 300, 200, ' width="300" height="200"')}
  ${['half', 'same', 'double', 'sized'].map((id) => `<use href="#${id}"/>`).join('')}</svg>`);
for (const line of await page.$$eval('use', (uses) =>
  uses.map((use) => {
    const [screen, own] = [use.getBoundingClientRect(), use.getBBox()];
    return `${use.getAttribute('href')}: on the screen ${screen.width} x ${screen.height}, in its units ${own.width} x ${own.height}`;
  }),
)) {
  console.log(line);
}
await browser.close();
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
#half: on the screen 1200 x 800, in its units 600 x 400
#same: on the screen 600 x 400, in its units 600 x 400
#double: on the screen 300 x 200, in its units 600 x 400
#sized: on the screen 300 x 200, in its units 300 x 200
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
