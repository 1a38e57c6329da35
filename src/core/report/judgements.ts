/** A report's images after a person's words on their labels that came later than the report. */
import { sayingOf, withDismissal, type Dismissal } from '../saying/dismissal';
import type { PageReport, ReportImage } from './page-report';

/** Is the label dismissed? By `judgementKey`. */
export type Judgements = ReadonlyMap<string, boolean>;

export function judgementKey({ picture, synset }: Dismissal): string {
  return `${picture} ${synset}`;
}

/** What a person can dismiss, or has: null where nothing is said of the image. */
export function labelOfImage({ prediction }: ReportImage): Dismissal | null {
  const said = prediction === null ? null : sayingOf(prediction);
  return prediction === null || said === null
    ? null
    : { picture: prediction.picture, synset: said.synset };
}

/** The image with the person's word on its label; itself where it has none, or goes by it already. */
function judgedImage(image: ReportImage, judgements: Judgements): ReportImage {
  const { prediction, applied } = image;
  const label = labelOfImage(image);
  const isDismissed = label === null ? undefined : judgements.get(judgementKey(label));
  if (prediction === null || isDismissed === undefined) return image;
  const after = withDismissal(prediction, isDismissed);
  if (after === prediction) return image;
  const { hint, silence, draft } = after;
  // The page gives back what came of the label; words of the person's own stay.
  const isOfLabel = applied === prediction.draft || applied === prediction.hint?.text;
  return {
    ...image,
    ...{ prediction: after, hint, silence, draft, mismatch: null },
    applied: isDismissed && isOfLabel ? null : applied,
  };
}

export function judgedReport(report: PageReport, judgements: Judgements): PageReport {
  if (judgements.size === 0) return report;
  return { ...report, images: report.images.map((image) => judgedImage(image, judgements)) };
}
