/** `npm run conformance -- DIR`: our verdicts beside those of a suite that nobody here wrote. */
import { parseArgs } from 'node:util';

import { judgeSuite, type Judged } from '../conformance/judge';
import { suiteIn } from '../conformance/suites';
import { failedStatus, ScriptError } from '../node/script-error';

const USAGE = `npm run conformance -- DIR
DIR is a checkout of one of these; their files are no part of this project:
  git clone --depth 1 https://github.com/act-rules/act-rules.github.io
  git clone --depth 1 https://github.com/dequelabs/axe-core
  git clone --depth 1 --filter=blob:none --sparse https://github.com/web-platform-tests/wpt &&
    git -C wpt sparse-checkout set accname html-aam svg-aam
`;

function difference({ case: { rule, title, expects }, verdicts }: Judged): string {
  const said = verdicts.map(
    ({ html, need, rule: by, name }) => `    ${need} ${by} "${name}"  ${html}\n`,
  );
  return `  ${rule}, ${title}: expects ${expects}\n${said.join('')}`;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    ...{ allowPositionals: true, options: { help: { type: 'boolean', default: false } } },
  });
  const [folder] = positionals;
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (folder === undefined) throw new ScriptError('bad-usage', 'Which suite?');
  const suite = await suiteIn(folder);
  if (suite === null) throw new ScriptError('bad-usage', `${folder} is none of the suites.`);
  // Where there is nothing of ours, nothing is asked of us.
  const judged = (await judgeSuite(suite)).filter(({ verdicts }) => verdicts.length > 0);
  for (const rule of new Set(judged.map((one) => one.case.rule))) {
    const ofRule = judged.filter((one) => one.case.rule === rule);
    const agreed = ofRule.filter(({ agrees }) => agrees);
    process.stdout.write(`${rule.padEnd(60)} ${agreed.length} of ${ofRule.length}\n`);
  }
  const differing = judged.filter(({ agrees }) => !agrees);
  process.stdout.write(
    `${suite.name}: ${judged.length - differing.length} of ${judged.length} agree\n`,
  );
  if (differing.length > 0)
    process.stdout.write(`Differences:\n${differing.map(difference).join('')}`);
}

try {
  await main();
} catch (error) {
  process.exitCode = failedStatus(error, USAGE);
}
