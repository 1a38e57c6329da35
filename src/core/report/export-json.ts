import { shownPredictions } from '../saying/shown';
import type { PageReport, ReportImage } from './page-report';
import { altTextOf, decisionOf, type Decision, type Triage } from './triage';

export interface ExportedReport extends Omit<PageReport, 'isPrivate'> {
  /** ISO 8601, UTC. */
  takenAt: string;
  images: (ReportImage & { altText: string; decision: Decision | null })[];
}

/** The image without the classes that are never said. */
function withoutUnsaid(image: ReportImage): ReportImage {
  if (image.state !== 'labelled') return image;
  const { prediction, purpose, silence } = image;
  const draft = purpose === null ? prediction.draft : null;
  const predictions = shownPredictions({ ...prediction, silence });
  return { ...image, prediction: { ...prediction, draft, predictions } };
}

/** A report to take away; what is never said of an image is not in it. */
export function exportedReport(
  report: PageReport,
  triage: Triage,
  takenAt: number,
): ExportedReport {
  return {
    url: report.url,
    takenAt: new Date(takenAt).toISOString(),
    counts: report.counts,
    images: report.images.map((image) => ({
      ...withoutUnsaid(image),
      altText: altTextOf(image, triage),
      decision: decisionOf(image, triage),
    })),
  };
}

/** The report as JSON, two spaces a level. */
export function exportJson(report: PageReport, triage: Triage, takenAt: number): string {
  return `${JSON.stringify(exportedReport(report, triage, takenAt), null, 2)}\n`;
}
