import type { Sayings } from '../core/report/judgements';
import { type PageReport, type ReportImage, writtenIn } from '../core/report/page-report';
import type { Saying } from '../core/saying/prediction';
import { askFrame, askWorker } from '../messages/client';

/**
 * Has two things looked for in images of a tab's page: the page has the pixels, the worker what is said.
 * @param adopt takes what is said now
 */
export function createSeekTwo(
  tabId: number,
  report: PageReport,
  adopt: (sayings: Sayings) => void,
): (image: ReportImage) => Promise<Saying | null> {
  const { isPrivate, url } = report;
  return async ({ frameId, id, prediction }) => {
    if (prediction === null) return null;
    const { picture } = prediction;
    await askFrame(tabId, frameId, 'seekTwo', { id });
    const language = writtenIn(report);
    const saying = await askWorker('seekTwo', { picture, isPrivate, page: url, language });
    if (saying !== null) adopt(new Map([[picture, saying]]));
    return saying;
  };
}
