import type { Figure, Torture } from '../campaign';
import { OTHER_HOST, PAGE_HOST } from '../egress';
import { FORMATS, mutatedPicture } from '../mutated-pictures';
import { openBody, scrollToTheEnd, serve } from '../pages';

/** How long labels may take; a click has its own limit. */
const LABELS_LIMIT_MS = 240_000;
const CLICK_LIMIT_MS = 60_000;

/** Pictures with bytes that are wrong, of two origins: each has its end, by label and by click. */
export async function brokenPictures(torture: Torture): Promise<Figure[]> {
  const { session, random, isShort } = torture;
  const count = isShort ? 32 : 500;
  const clicks = isShort ? 3 : 50;
  const images: string[] = [];
  const whole: string[] = [];
  for (let place = 0; place < count; place += 1) {
    const format = FORMATS[place % FORMATS.length] ?? 'jpg';
    const { bytes, isWhole } = await mutatedPicture(format, random);
    const path = `/mutated/${place}.${format}`;
    serve(torture, path, { body: bytes });
    const host = random.whole(0, 1) === 0 ? PAGE_HOST : OTHER_HOST;
    // A drawing of another site is one that the page may not read and a worker cannot decode.
    const isReadable = format !== 'svg' || host === PAGE_HOST;
    if (isWhole && isReadable) whole.push(`#picture-${place}`);
    images.push(
      `<img id="picture-${place}" width="96" height="96" alt="One ${place}" src="${host}${path}">`,
    );
  }
  const { page, tabId } = await openBody(torture, '/broken-pictures.html', images.join(''));
  await session.ask('labelPage', { tabId });
  const report = await scrollToTheEnd(torture, page, tabId, LABELS_LIMIT_MS);
  const pending = report.filter(({ state }) => state === 'pending');
  const wholeFailed = report.filter(
    ({ selector, state }) => whole.includes(selector) && state !== 'labelled',
  );
  for (const { selector, state, reason, address } of [...pending, ...wholeFailed]) {
    process.stderr.write(`${selector}: ${state} ${reason ?? ''} ${address ?? ''}\n`);
  }
  let silentClicks = 0;
  for (let click = 0; click < clicks; click += 1) {
    const selector = `#picture-${random.whole(0, count - 1)}`;
    await page.$eval(selector, (image) => {
      image.scrollIntoView({ block: 'center' });
    });
    const outcome = await session
      .describe(page, selector, { limitMs: CLICK_LIMIT_MS })
      .catch(() => null);
    if (outcome === null) silentClicks += 1;
  }
  await page.close();
  const inState = (wanted: string) => report.filter(({ state }) => state === wanted).length;
  const listed = new Set(report.map(({ selector }) => selector)).size;
  return [
    { what: 'mutated pictures', value: report.length, limit: count, least: true },
    { what: 'listed twice', value: report.length - listed, limit: 0 },
    { what: 'labelled', value: inState('labelled'), limit: null },
    { what: 'skipped with a reason', value: inState('skipped'), limit: null },
    { what: 'failed with a code', value: inState('failed'), limit: null },
    { what: 'whole pictures without a label', value: wholeFailed.length, limit: 0 },
    { what: 'labels without an end', value: pending.length, limit: 0 },
    { what: `clicks of ${clicks} without an end`, value: silentClicks, limit: 0 },
  ];
}
