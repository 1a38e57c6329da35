import type { AltFacts } from '../../core/alt-text/alt-facts';
import { pageTextsOf, type PageTexts } from '../../core/alt-text/page-texts';
import { recordedAddress } from '../../core/address/picture-address';
import { CodedError } from '../../core/errors';
import type { PendingReason } from '../../core/report/page-report';
import type { FrameImage, FrameReportPart } from '../../messages/protocol';
import { altNeedOf } from '../alt-text/alt-need-of';
import { createNamesakes } from '../alt-text/namesakes';
import type { ReportRequest, ReportSource } from '../alt-text/part';
import { createPurposeReader } from '../alt-text/purpose';
import { createAltFactsReader } from '../alt-text/read-alt-facts';
import { isHere } from '../dom';
import { queryDeep } from '../find/shadow-roots';
import { trackedImage, type TrackedImage } from '../labelling/tracked-image';
import { shownPicture } from '../lent';
import { createSlices } from '../turns';
import { findListed, isListedAlone } from './listed';
import { createSelectors } from './selector';

/** The page's own work goes on after so many milliseconds. */
const SLICE_MS = 10;
/** So many images go in one message: 100 to 500 kB. */
const PART_IMAGES = 200;
/** What is read meanwhile: the popup's report, and that of another window's. */
const MAX_RUNNING = 4;

interface Running {
  images: readonly TrackedImage[];
  read: (image: TrackedImage) => FrameImage | null;
}

const running = new Map<string, Running>();

/**
 * Some images of a frame for the page report, all but what the worker adds, made in slices. What is asked
 * of the page as a whole is asked with the first part: pictures with the same text, rows of siblings.
 * @throws CodedError `cancelled` where this report is not under way
 */
export async function reportPart(
  { report, from }: ReportRequest,
  source: () => ReportSource,
): Promise<FrameReportPart> {
  const rest = createSlices(SLICE_MS);
  if (from === 0) running.set(report, await begin(source(), rest));
  for (const [oldest] of running) {
    if (running.size <= MAX_RUNNING) break;
    running.delete(oldest);
  }
  const known = running.get(report);
  if (known === undefined) throw new CodedError('cancelled', 'No such report is under way.');
  const images: FrameImage[] = [];
  let next = from;
  for (; next < known.images.length && images.length < PART_IMAGES; next += 1) {
    const tracked = known.images[next];
    const image = tracked === undefined ? null : known.read(tracked);
    if (image !== null) images.push(image);
    await rest();
  }
  if (next < known.images.length) return { images, next };
  running.delete(report);
  return { images, next: null };
}

/**
 * The images of a frame where the person wants no labels, ever. Only what can be told without measuring:
 * the site's whole page is left alone.
 */
export async function excludedPart(request: ReportRequest): Promise<FrameReportPart> {
  return await reportPart(request, () => ({
    images: [...queryDeep('img, input[type=image], image')].map((element, index) => ({
      ...trackedImage(`image-${index + 1}`, element),
      skip: 'excluded-site',
    })),
    refresh: (image) => {
      image.picture = shownPicture(image.element);
    },
    appliedTo: () => null,
    skip: 'excluded-site',
  }));
}

async function begin(
  { images: tracked, refresh, appliedTo, skip = 'no-picture' }: ReportSource,
  rest: () => Promise<void>,
): Promise<Running> {
  const found = findListed(new Set(tracked.map(({ element }) => element)));
  const listed = new Set<TrackedImage>(
    found.map(({ id, element }) => ({ ...trackedImage(id, element), skip })),
  );
  const images = [...tracked, ...listed];
  await rest();
  // Each has all the others as neighbours.
  const namesakes = createNamesakes();
  for (const image of images) {
    if (!listed.has(image)) refresh(image);
    if (image.picture !== null) namesakes.add(image.element);
    await rest();
  }
  const readFacts = createAltFactsReader(namesakes);
  const readPurpose = createPurposeReader();
  const selectorOf = createSelectors();
  return {
    images,
    read: (image) => {
      if (!listed.has(image)) refresh(image);
      const { id, element, picture, box } = image;
      const isListed = picture !== null || isListedAlone(element);
      // Gone while others were read.
      if (!isListed || !isHere(element)) return null;
      const address = picture?.address ?? null;
      let facts: AltFacts | null = null;
      const need = altNeedOf(element, (speaker) => (facts = readFacts(speaker)));
      const purpose = readPurpose(element);
      const result = withoutLabelAsText(
        resultOf(picture === null ? { ...image, skip: image.skip ?? skip } : image),
        purpose,
      );
      return {
        id,
        address: address === null ? null : recordedAddress(address),
        selector: selectorOf(element),
        width: Math.round(box?.width ?? 0),
        height: Math.round(box?.height ?? 0),
        ...need,
        ...{ purpose, applied: appliedTo(element) },
        ...textsFor(need, result.draft, facts),
        ...result,
      };
    },
  };
}

/** Only where an author may look for a text: most images have theirs. */
function textsFor(
  { need }: ReturnType<typeof altNeedOf>,
  draft: string | null,
  facts: AltFacts | null,
): { texts?: PageTexts } {
  const isWanted = draft !== null && (need === 'missing' || need === 'weak');
  return facts === null || !isWanted ? {} : { texts: pageTextsOf(facts) };
}

const NOT_LABELLED = { rung: null, prediction: null, hint: null, silence: null, draft: null };

/** What an image shows is no text for one that stands for a link's target or a button's action. */
function withoutLabelAsText<Result extends { draft: string | null }>(
  result: Result,
  purpose: FrameImage['purpose'],
): Result {
  return purpose === null ? result : { ...result, draft: null };
}

/** What came of labelling; the states are those of `stateOf`. */
function resultOf(image: TrackedImage) {
  const { skip, reading } = image;
  if (skip !== null) return { ...NOT_LABELLED, state: 'skipped', reason: skip } as const;
  switch (reading?.state) {
    case 'labelled': {
      const { prediction } = reading;
      if (prediction === null) throw new Error('A label without a prediction.');
      const { rung, hint, silence, draft } = prediction;
      return { state: 'labelled', reason: null, rung, prediction, hint, silence, draft } as const;
    }
    case 'failed':
      if (reading.failure === null) throw new Error('A failed reading without its failure.');
      return { ...NOT_LABELLED, state: 'failed', reason: reading.failure.code } as const;
    case undefined:
    case 'waiting':
    case 'asking':
      return image.failure !== null
        ? ({ ...NOT_LABELLED, state: 'failed', reason: image.failure } as const)
        : ({ ...NOT_LABELLED, state: 'pending', reason: pendingReason(image) } as const);
  }
}

function pendingReason({ isNear, isWanted, isReady }: TrackedImage): PendingReason {
  if (!isNear && !isWanted) return 'not-near';
  return isReady ? 'in-line' : 'loading';
}
