#!/usr/bin/env bash
# commands: ten of the 26 suggested keys Alt+Shift+letter are dropped in silence.
#
# Seen with: Chromium 156, Linux
# The extension loads without a word, `onInstalled` comes, and the command has no key: `commands.getAll()` alone tells.
# Which letters these are is written in no documentation of extensions. Whoever names a shortcut in a text must read
# the key that was given, and not the manifest.
#
# Run: findings/chromium-suggested-keys.sh   (needs Node, npm and a Chromium: CHROMIUM=/path/to/it where none is found)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@24.43.1
export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
cat >run.mjs <<'SCRIPT'
import { mkdirSync, writeFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

// Four suggested keys are the most that a manifest may have.
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const given = new Map();
for (let first = 0; first < letters.length; first += 4) {
  const some = letters.slice(first, first + 4);
  const path = `${process.cwd()}/keys-${first}`;
  mkdirSync(path);
  writeFileSync(
    `${path}/manifest.json`,
    JSON.stringify({
      manifest_version: 3,
      name: 'Keys',
      version: '1',
      background: { service_worker: 'worker.js' },
      commands: Object.fromEntries(
        some.map((letter) => [letter, { description: letter, suggested_key: { default: `Alt+Shift+${letter}` } }]),
      ),
    }),
  );
  writeFileSync(`${path}/worker.js`, '');
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    pipe: true,
    enableExtensions: [path],
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const target = await browser.waitForTarget((each) => each.type() === 'service_worker');
  const worker = await target.worker();
  const commands = await worker.evaluate(() => chrome.commands.getAll());
  for (const { name, shortcut } of commands) given.set(name, shortcut);
  await browser.close();
}
const refused = letters.filter((letter) => given.get(letter) === '');
console.log(`given: ${letters.length - refused.length} of ${letters.length}`);
console.log(`no key: ${refused.map((letter) => `Alt+Shift+${letter}`).join(' ')}`);
SCRIPT
node run.mjs | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
given: 16 of 26
no key: Alt+Shift+A Alt+Shift+B Alt+Shift+C Alt+Shift+N Alt+Shift+P Alt+Shift+R Alt+Shift+T Alt+Shift+W Alt+Shift+X Alt+Shift+Z
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
