#!/usr/bin/env bash
# Teachable Machine's pixels reach from -1 to 1.0079, and not to 1.
#
# Seen with: @teachablemachine/image 0.8.5, @tensorflow/tfjs 1.3.1, Node 20
# Its comment says "between -1 and 1", and most who run an exported model elsewhere divide by 127.5. The library
# divides by 127: white is 1.0079, and the middle of the range is at 127. Its models are trained on these values, so
# whoever runs them without the library has to divide by 127, too.
#
# Run: findings/teachablemachine-pixels.sh   (needs Node and npm)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @teachablemachine/image@0.8.5 @tensorflow/tfjs@1.3.1
cat >run.cjs <<'SCRIPT'
console.warn = () => undefined; // TensorFlow.js's advice for Node
const { capture } = require('@teachablemachine/image/dist/utils/tf.js');

for (const level of [0, 127, 128, 255]) {
  const data = Uint8ClampedArray.from([level, level, level, 255]);
  // A canvas of one pixel, as far as TensorFlow.js asks.
  const canvas = { width: 1, height: 1, getContext: () => ({ getImageData: () => ({ data }) }) };
  const [value] = capture(canvas).dataSync();
  console.log(`${level}: ${value.toFixed(4)}`);
}
SCRIPT
node run.cjs 2>/dev/null | grep -E '^[0-9]+: ' | tee seen.txt
diff - seen.txt <<'EXPECTED' || {
0: -1.0000
127: 0.0000
128: 0.0079
255: 1.0079
EXPECTED
  echo 'This has changed: see the lines above (< as recorded, > as seen now).' >&2
  exit 1
}
