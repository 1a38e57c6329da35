/** `npm run store:check`: do names, texts and pictures fit what the stores ask? The rules and their sources are in scripts/store/rules.ts. */
import { PROJECT_ROOT } from '../node/project-root';
import { storeProblems } from '../store/check';

const problems = await storeProblems(PROJECT_ROOT);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(
  problems.length === 0 ? 'All fits the stores.\n' : `${problems.length} problems.\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
