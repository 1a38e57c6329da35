/** A report's images after what is said of their pictures has changed: the report is older than that. */
import { withInstead } from '../own-models/instead';
import { judgedLabel, type Dismissal } from '../saying/dismissal';
import { isSameSaid, type Saying } from '../saying/prediction';
import { saidOf } from '../saying/said';
import type { PageReport, ReportImage } from './page-report';

/** What is said now, by `pictureHash`. */
export type Sayings = ReadonlyMap<string, Saying>;

/** What a person can dismiss, or has: null where nothing is said of the image. */
export function labelOfImage({ prediction }: ReportImage): Dismissal | null {
  const label = prediction === null ? null : judgedLabel(prediction);
  return prediction === null || label === null
    ? null
    : { picture: prediction.picture, synset: label.synset };
}

/** The pictures that are called as this one is, or were: its copies in other sizes are among them. */
export function calledAlike(images: readonly ReportImage[], of: ReportImage): string[] {
  const label = labelOfImage(of);
  const alike = images.flatMap((image) => {
    const { picture = '', synset } = labelOfImage(image) ?? {};
    return synset === label?.synset && picture !== label?.picture ? [picture] : [];
  });
  return [...new Set(alike)];
}

/** The image with what is said of its picture now; itself where that is the same. */
function saidAgain(image: ReportImage, sayings: Sayings): ReportImage {
  const { prediction, applied } = image;
  const found = prediction === null ? undefined : sayings.get(prediction.picture);
  if (prediction === null || found === undefined) return image;
  const saying = withInstead({ ...prediction, ...found });
  if (isSameSaid(prediction, saying)) return image;
  const { hint, silence } = saying;
  const draft = image.purpose === null ? saying.draft : null;
  // The page gives back what came of the former label; words of the person's own stay.
  const wasOfLabel = applied === prediction.draft || applied === saidOf(prediction)?.text;
  return {
    ...image,
    ...{ prediction: saying, hint, silence, draft, mismatch: null },
    pageDraft: undefined,
    applied: wasOfLabel && saying.draft !== prediction.draft ? null : applied,
  };
}

export function reportWith(report: PageReport, sayings: Sayings): PageReport {
  if (sayings.size === 0) return report;
  return { ...report, images: report.images.map((image) => saidAgain(image, sayings)) };
}
