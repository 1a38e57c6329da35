/** `npm run torture`: the campaign against the built extension; one table on stdout, 1 where it succeeds. */
import { parseArgs } from 'node:util';

import { ensureBuild } from '../drive/build-extension';
import { choose } from '../node/choice-option';
import { failedStatus, ScriptError } from '../node/script-error';
import { isRight, ROOMS, runCampaign, type Figure, type RoomName } from '../torture/campaign';

const NAMES = Object.keys(ROOMS) as RoomName[];
const USAGE = `npm run torture -- [--seed N] [--short] [--room ${NAMES.join('|')}]
About six minutes on two cores; --short takes one. Times are judged by a machine that does nothing else.
`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        short: { type: 'boolean', default: false },
        room: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const seed = Number(values.seed);
    if (!Number.isInteger(seed)) throw new ScriptError('bad-usage', '--seed is a whole number.');
    const rooms = values.room === undefined ? NAMES : [choose('room', values.room, NAMES)];
    return { seed, rooms, isShort: values.short, help: values.help };
  } catch (error) {
    throw new ScriptError('bad-usage', error instanceof Error ? error.message : String(error));
  }
}

function line(room: string, figure: Figure): string {
  const { what, value, limit, least = false } = figure;
  const target = limit === null ? '' : `${least ? 'at least' : 'at most'} ${limit}`;
  const verdict = isRight(figure) ? '' : '  <- WRONG';
  return `${room.padEnd(16)} ${what.padEnd(58)} ${String(value).padStart(8)}  ${target}${verdict}\n`;
}

async function main(): Promise<void> {
  const { help, ...options } = readArguments();
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const figures = await runCampaign({
    ...options,
    extensionDir: await ensureBuild(),
    onFigures: (room, found) => {
      for (const figure of found) process.stdout.write(line(room, figure));
    },
  });
  const wrong = figures.filter((figure) => !isRight(figure));
  process.stdout.write(`${figures.length} figures, ${wrong.length} wrong; seed ${options.seed}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  process.exitCode = failedStatus(error, USAGE);
}
