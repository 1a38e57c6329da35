/** `npm run conformance` on a suite as small as can be: what judges is built, and judges in a browser's page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { judgeSuite } from '../../scripts/conformance/judge';
import { suiteIn } from '../../scripts/conformance/suites';
import { createTemporaryFolder } from '../../scripts/node/temporary-folder';

const RULE = `---
id: 23a2a8
---
#### Passed Example 1

\`\`\`html
<img alt="A cat" src="cat.png">
\`\`\`

#### Failed Example 1

\`\`\`html
<img src="cat.png">
\`\`\`
`;
const NAMES = `<!doctype html><title>Names</title>
<img alt="A cat" data-expectedlabel="A cat"><img alt="A dog" data-expectedlabel="A cow">`;

test('a checkout of ACT rules and one of web-platform-tests are judged', async () => {
  const { path, remove } = createTemporaryFolder('alt-lens-suite-');
  onTestFinished(remove);
  for (const folder of ['act/_rules', 'wpt/accname']) {
    mkdirSync(join(path, folder), { recursive: true });
  }
  writeFileSync(join(path, 'act/_rules/image.md'), RULE);
  writeFileSync(join(path, 'wpt/accname/names.html'), NAMES);
  const judged = await Promise.all(
    ['act', 'wpt'].map(async (name) => {
      const suite = await suiteIn(join(path, name));
      if (suite === null) throw new Error(`${name} is no suite.`);
      return (await judgeSuite(suite)).map(({ agrees, verdicts }) => [agrees, verdicts.length]);
    }),
  );
  expect(judged).toEqual([
    [
      [true, 1],
      [true, 1],
    ],
    [
      [true, 1],
      [false, 1],
    ],
  ]);
  expect(await suiteIn(path)).toBeNull();
});
