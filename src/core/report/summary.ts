/** A page's report in numbers. */
import { saidOfImage, type PageReport } from './page-report';
import type { Backend } from '../saying/prediction';

export interface ReportSummary {
  images: number;
  /** Images by need; those of frames that were not looked into are in none. */
  needs: { missing: number; weak: number; named: number; decorative: number };
  /** Images whose pixels were read: labelled, with something said or without. */
  read: number;
  spoken: number;
  silent: number;
  skipped: number;
  failed: number;
  pending: number;
  /** The backends that ran the model, and for how many images of the page; most first. */
  backends: { backend: Backend; images: number }[];
  /** Milliseconds that the model ran for this page's images. */
  modelMilliseconds: number;
}

export function summarise({ images }: Pick<PageReport, 'images'>): ReportSummary {
  const needs = { missing: 0, weak: 0, named: 0, decorative: 0 };
  const states = { labelled: 0, skipped: 0, failed: 0, pending: 0 };
  const backends = new Map<Backend, number>();
  let spoken = 0;
  let modelMilliseconds = 0;
  for (const image of images) {
    const { need, state, prediction } = image;
    if (need !== null) needs[need] += 1;
    states[state] += 1;
    if (prediction === null) continue;
    if (saidOfImage(image) !== null) spoken += 1;
    backends.set(prediction.backend, (backends.get(prediction.backend) ?? 0) + 1);
    modelMilliseconds += prediction.inferenceMilliseconds;
  }
  const { labelled, skipped, failed, pending } = states;
  return {
    ...{ images: images.length, needs, read: labelled, spoken, silent: labelled - spoken },
    ...{ skipped, failed, pending, modelMilliseconds },
    backends: [...backends]
      .map(([backend, count]) => ({ backend, images: count }))
      .sort((a, b) => b.images - a.images),
  };
}
