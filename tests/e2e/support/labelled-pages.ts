/** Pages with photos, and how far their labelling is. */
import type { PageReport } from '../../../src/messages/protocol';

export {
  ALL_HOSTS,
  labelAllSites,
  progressOf,
  tabIdOf,
  untilProgress,
} from '../../../scripts/drive/labelling-progress';
export { photoResources } from '../../../scripts/drive/photo-site';

/** The images of a report whose selector or address holds this. */
export function imagesWith(report: PageReport, part: string): PageReport['images'] {
  return report.images.filter(
    ({ selector, address }) => selector.includes(part) || address?.includes(part) === true,
  );
}
