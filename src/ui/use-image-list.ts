import { useMemo, useState } from 'preact/hooks';

import { toFailure, type Failure } from '../core/errors';
import { imageKey, type ReportImage } from '../core/report/page-report';
import { text } from '../platform/i18n';
import { wholeNumber } from './format';
import { countFilters, listImages, type ImageFilter, type ImageQuery } from '../core/report/rows';

const ALL: ImageQuery = { filter: 'all', search: '', order: 'position' };

/** Tells an image with its picture from the same element with another one. */
export function pictureOf(image: ReportImage): string {
  return `${imageKey(image)} ${image.address ?? ''}`;
}

/** The images of a report as a person goes through them: which are listed, active and open. */
export interface ImageListState {
  query: ImageQuery;
  setQuery: (query: ImageQuery) => void;
  /** How many of all the images each filter finds. */
  counts: Record<ImageFilter, number>;
  /** The images that the query asks for, in its order. */
  images: readonly ReportImage[];
  /** An image's place among all, from 1, as people read it. */
  numberOf: (image: ReportImage) => string;
  /** The `imageKey` of the row that the Tab key reaches, and of the one whose details are open. */
  activeKey: string | null;
  openKey: string | null;
  /** Make a row the active one, or the open one, by its `imageKey`. */
  activate: (key: string) => void;
  open: (key: string) => void;
  /** Opens a row, or closes it; it becomes the active one. */
  toggle: (image: ReportImage) => void;
  /** Why what was last asked for could not be done, where it was about this image and its picture. */
  problemOf: (image: ReportImage) => Failure | null;
  /** Does something about an image. A failure becomes its problem. @returns whether it was done */
  attempt: (image: ReportImage, action: () => Promise<unknown>) => Promise<boolean>;
}

/** @param all every image of the report, in page order */
export function useImageList(all: readonly ReportImage[]): ImageListState {
  const [query, setQuery] = useState(ALL);
  const [activeKey, activate] = useState<string | null>(null);
  const [openKey, open] = useState<string | null>(null);
  const [problem, setProblem] = useState<{ picture: string; failure: Failure } | null>(null);
  const counts = useMemo(() => countFilters(all), [all]);
  const images = useMemo(() => listImages(all, query), [all, query]);
  const numbers = useMemo(
    () => new Map(all.map((image, index) => [imageKey(image), index + 1])),
    [all],
  );
  return {
    numberOf: (image) => wholeNumber(numbers.get(imageKey(image)) ?? 0, text('popup_language')),
    ...{ query, setQuery, counts, images, activeKey, openKey, activate, open },
    toggle: (image) => {
      const key = imageKey(image);
      activate(key);
      open(key === openKey ? null : key);
    },
    problemOf: (image) => (problem?.picture === pictureOf(image) ? problem.failure : null),
    attempt: async (image, action) => {
      setProblem(null);
      try {
        await action();
        return true;
      } catch (error) {
        setProblem({ picture: pictureOf(image), failure: toFailure(error) });
        return false;
      }
    },
  };
}
