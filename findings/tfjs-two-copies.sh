#!/usr/bin/env bash
# Two copies of TensorFlow.js in one global scope, of other versions too, share one engine, its tensors and its backend.
#
# Seen with: @tensorflow/tfjs-core 4.22.0 and 4.20.0 in Node
# Both keep engine, backends and kernels in properties of the global object. So a bundle that brings its own copy is
# no wall: what one copy allocates the other counts, and what one chooses as backend the other runs on. A worker or a
# frame is a wall.
#
# Run: findings/tfjs-two-copies.sh   (needs Node and npm)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps \
  one@npm:@tensorflow/tfjs-core@4.22.0 other@npm:@tensorflow/tfjs-core@4.20.0
cat >run.cjs <<'SCRIPT'
console.warn = () => undefined; // TensorFlow.js on platforms set twice
const one = require('one');
const other = require('other');
console.log(`copies: ${one.version_core} and ${other.version_core}, the same module: ${one === other}`);
console.log(`the same engine: ${one.engine() === other.engine()}`);
class Backend extends one.KernelBackend {
  write(values, shape, dtype) {
    return { values, shape, dtype };
  }
  disposeData() {
    return true;
  }
  numDataIds() {
    return 0;
  }
  floatPrecision() {
    return 32;
  }
  memory() {
    return {};
  }
}
one.registerBackend('of-one', () => new Backend());
one.setBackend('of-one');
console.log(`backend of the other: ${other.getBackend()}`);
const before = other.memory().numTensors;
const tensor = one.tensor1d([1, 2, 3]);
console.log(`tensors that the other counts: ${other.memory().numTensors - before}`);
SCRIPT
node run.cjs 2>&1 | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
copies: 4.22.0 and 4.20.0, the same module: false
the same engine: true
backend of the other: of-one
tensors that the other counts: 1
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
