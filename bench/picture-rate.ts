import type { ExtensionSession } from '../scripts/drive/extension-session';

/**
 * Pictures a second while many wait: so many files handed to the extension at once from a page of its
 * own, twice over; the second time counts, when the pool is open where there is one.
 * @param addresses of distinct picture files that the extension may fetch
 */
export async function pictureRate(
  session: ExtensionSession,
  addresses: readonly string[],
): Promise<number> {
  const page = await session.openPage(`${session.origin}manifest.json`);
  try {
    return await page.evaluate(async (files) => {
      const all = await Promise.all(
        files.map(async (file) => await (await fetch(file)).arrayBuffer()),
      );
      let answers: { ok: boolean }[] = [];
      let seconds = 0;
      for (let round = 0; round < 2; round += 1) {
        const start = performance.now();
        answers = await Promise.all(
          all.map(
            async (bytes): Promise<{ ok: boolean }> =>
              await chrome.runtime.sendMessage({ type: 'classifyFile', bytes }),
          ),
        );
        seconds = (performance.now() - start) / 1000;
      }
      if (!answers.every(({ ok }) => ok)) throw new Error('A picture was not classified.');
      return files.length / seconds;
    }, addresses);
  } finally {
    await page.close();
  }
}
