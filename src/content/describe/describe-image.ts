import type { Box } from '../card/card-placement';
import type { Dismissal } from '../../core/saying/dismissal';
import { withInstead } from '../../core/own-models/instead';
import { CodedError, toFailure, type Failure } from '../../core/errors';
import { wouldAccessHelp } from '../../core/ladder';
import { hostPatterns } from '../../core/address/match-pattern';
import { loadedAddress, recordedAddress } from '../../core/address/picture-address';
import type { Prediction } from '../../core/saying/prediction';
import { askWorker, isExtensionAlive } from '../../messages/client';
import type { FrameFields } from '../../messages/frame-messages';
import type { RungFailure } from '../../messages/protocol';
import { failureText, text } from '../../platform/i18n';
import { boxOf, isHere, queryAll } from '../dom';
import { openCard, type Card } from '../card/card';
import {
  failureContent,
  goneContent,
  ownList,
  progressContent,
  resultContent,
} from '../card/card-content';
import { findPicture, pointedAt } from '../find/find-picture';
import { subjectAt } from '../layer';
import { picturesOf, type Picture } from '../find/picture';
import type { Pointed } from '../find/pointer-memory';
import { boxInTop, topReachableWindow } from '../find/frames';
import { paintedBox, pictureInTop } from '../find/painted-box';
import { classifyPicture, type LadderResult } from '../pixels/classify-picture';
import { screenArea } from '../pixels/screen-area';
import { onceChanged } from './once-changed';
import { withTwoSeen } from './see-two';
import { pageLanguage } from '../page-language';
import { nextTurn } from '../turns';
import { paintedPicture } from '../where/painted-picture';
import { seeWhere } from '../where/see-where';
import type { PictureNow } from '../where/veil';
import type { WhereActions } from '../where/where-section';

export type DescribeRequest = FrameFields<'describeImage'>;

/** A warm engine has answered by then; a longer wait has its reason told. */
const PATIENCE_MS = 1200;

/** What was found, and where the card goes. */
interface Found {
  picture: Picture | null;
  failure: Failure | null;
  element: Element | null;
  anchor: () => Box | null;
  /** The address that the page could not load and that the person, told so, asked for once more. */
  confirmed: string | null;
}

function find(request: DescribeRequest, remembered: Pointed | null): Found {
  try {
    const picture = findPicture(request, remembered);
    const element = picture.element ?? frameAt(request.frameUrl);
    return { picture, failure: null, element, anchor: followed(picture, element), confirmed: null };
  } catch (error) {
    const here = remembered?.elements[0] ?? null;
    return {
      ...{ picture: null, failure: toFailure(error), element: here },
      ...{ anchor: at(remembered), confirmed: null },
    };
  }
}

/** The frame whose image it is, if the page says so; frames move on without changing their `src`. */
function frameAt(frameUrl: string | null): Element | null {
  if (frameUrl === null) return null;
  return [...queryAll(document, 'iframe')].find(({ src }) => src === frameUrl) ?? null;
}

/** The picture's box as it moves, or its frame's; where it was last once it is gone. */
function followed(picture: Picture, element: Element | null): () => Box | null {
  let last: Box | null = null;
  return () => {
    if (element !== null && isHere(element)) {
      last = picture.kind === 'address' ? boxInTop(element) : pictureInTop(picture);
    }
    return last;
  };
}

/** The place of the click, as a box without size. Only in the page's own coordinates: a frame's may move. */
function at(pointed: Pointed | null): () => Box | null {
  if (pointed === null || topReachableWindow() !== window) return () => null;
  const { x, y } = pointed;
  return () => ({ x, y, width: 0, height: 0 });
}

/** Answers requests to describe an image, one card at a time. */
export function createDescriber(
  remembered: () => Pointed | null,
  stopped: AbortSignal,
): (request: DescribeRequest) => void {
  let card: Card | null = null;
  stopped.addEventListener('abort', () => card?.close());
  const show = (request: DescribeRequest, found: Found) => {
    card?.close();
    const opened = openCard(found.element, found.anchor);
    card = opened;
    opened.tellSubject({
      picture: found.picture,
      again: (next) => {
        show(next, refreshed(found));
      },
    });
    run(request, found, opened, 1);
  };
  return (request) => {
    const at = pointedAt(request.menuTarget, remembered());
    // The card may be of a frame's script.
    const subject = request.target === 'here' ? subjectAt(at?.elements ?? []) : null;
    if (subject?.again === undefined) show(request, find(request, at));
    else subject.again(request);
  };
}

/** One attempt, start to end. An extension that was reloaded meanwhile falls silent and takes its card along. */
function run(request: DescribeRequest, found: Found, card: Card, attempt: number): void {
  describe(request, found, card, attempt).catch((error: unknown) => {
    if (!isExtensionAlive()) card.close();
    else if (!card.closed.aborted) {
      card.show(failureContent(toFailure(error), { retry: null, giveAccess: null }));
    }
  });
}

async function describe(
  request: DescribeRequest,
  found: Found,
  card: Card,
  attempt: number,
): Promise<void> {
  // Each attempt is a request of its own to the worker and in the popup's list.
  const requestId = attempt === 1 ? request.requestId : `${request.requestId}-${attempt}`;
  const requestedAt = attempt === 1 ? request.requestedAt : Date.now();
  card.show(progressContent(text('card_looking')));
  const cardShown = nextFrame().then(() => Date.now() - requestedAt);
  const patience = setTimeout(() => {
    if (isExtensionAlive()) card.show(progressContent(text('card_loading_model')));
  }, PATIENCE_MS);
  // The card is drawn first where its frame is due: to read a picture may take longer than that.
  await nextTurn();
  const result = await classify(found, requestId, card);
  clearTimeout(patience);
  if (card.closed.aborted) {
    if (found.picture !== null && isExtensionAlive()) cancel(requestId);
    return;
  }
  if (!result.ok && result.error.code === 'extension-reloaded') {
    card.close();
    return;
  }
  const over = new AbortController();
  const again = () => {
    over.abort();
    const isBlocked = !result.ok && result.error.code === 'image-blocked';
    const confirmed = isBlocked ? (found.picture?.address ?? null) : found.confirmed;
    run(request, { ...refreshed(found), confirmed }, card, attempt + 1);
  };
  if (result.ok) {
    const shown = request.shownPredictions;
    const { own } = result.prediction;
    const signal = AbortSignal.any([card.closed, over.signal]);
    const said = { found, shown, requestId, card, again, own, signal };
    showResult(result.prediction, said);
    if (own === undefined) addOwn(result.prediction, said);
    tellChange(said, () => {
      over.abort();
    });
  } else showFailure(found, card, again, result);
  await nextFrame();
  const address = found.picture?.address ?? null;
  const ending = {
    ...{ requestId, failedRungs: result.failedRungs },
    milliseconds: Date.now() - requestedAt,
    cardMilliseconds: await cardShown,
    failure: result.ok
      ? null
      : { error: result.error, source: address && recordedAddress(address) },
  };
  try {
    await askWorker('recordOutcome', ending);
  } catch {
    // The person has the answer; that the popup's list misses one is no reason to take it away.
  }
}

async function classify(found: Found, requestId: string, card: Card): Promise<LadderResult> {
  if (found.picture === null) {
    const error = found.failure ?? toFailure(new CodedError('no-image-here', 'Nothing was found.'));
    return { ok: false, error, failedRungs: [] };
  }
  return await classifyPicture(found.picture, {
    requestId,
    priority: 'user',
    signal: card.closed,
    outlivesElement: false,
    confirmed: found.confirmed,
    withClearScreen: (shown, capture) =>
      card.withClearScreen(pictureInTop(shown), () => capture(screenArea(shown))),
  });
}

interface Result {
  found: Found;
  /** How many of the likeliest classes are listed. */
  shown: number;
  requestId: string;
  card: Card;
  /** What models of the person's own say, as far as that is known. */
  own: Prediction['own'];
  /** Looks at the picture anew, where the worker does not know it any more. */
  again: () => void;
  /** Fires when the card is closed, or shows something else. */
  signal: AbortSignal;
}

/**
 * Once the page shows another picture there, the answer is not to be taken for one about that: said once,
 * whatever the page goes on to; the answer stays to be read.
 */
function tellChange({ found: { picture }, card, again, signal }: Result, end: () => void): void {
  if (picture === null || picture.kind === 'address') return;
  onceChanged(picture, signal, (how) => {
    end();
    const changed: Failure = { code: 'image-changed', message: 'The page went on.' };
    card.show(
      how === 'gone' ? goneContent() : failureContent(changed, { retry: again, giveAccess: null }),
      text('card_former'),
    );
  });
}

/** What models of the person's own say follows when it is known: the first run of one takes a while. */
function addOwn({ picture }: Prediction, result: Result): void {
  askWorker('askOwnModels', { picture }).then(
    (own) => {
      if (result.signal.aborted) return;
      result.own = own;
      result.card.add(ownList({ own }));
    },
    () => undefined, // the answer is there without it
  );
}

/** The result, with the person's word on it: a label that is dismissed goes at once, and can be brought back. */
function showResult(seen: Prediction, result: Result): void {
  const prediction = { ...seen, own: result.own };
  const { found, shown, requestId, card, again, signal } = result;
  let isJudged = false;
  const judge = (label: Dismissal, isDismissed: boolean) => {
    isJudged = true;
    askWorker('setDismissal', {
      ...{ ...label, isDismissed, isPrivate: false },
      language: pageLanguage(),
    }).then(
      (saying) => {
        if (signal.aborted) return;
        if (saying === null) again();
        else showResult(withInstead({ ...prediction, ...saying }), result);
      },
      (error: unknown) => {
        card.say(failureText(toFailure(error)).what);
      },
    );
  };
  const where: WhereActions = {
    ask: (synset) =>
      seeWhere(prediction.picture, synset, () => classify(found, `${requestId}-where`, card)),
    now: () => pictureNow(found, prediction),
    hold: card.hold,
  };
  // Not in the card: whatever is typed there the page hears.
  const teach = () => {
    askWorker('openTeaching', {}).catch((error: unknown) => {
      card.say(failureText(toFailure(error)).what);
    });
  };
  const actions = { say: card.say, judge, where, teach, seekTwo: null };
  card.show(resultContent(prediction, shown, actions));
  void withTwoSeen(prediction).then((seen) => {
    if (seen === prediction || (seen.two ?? null) === null || isJudged || signal.aborted) return;
    showResult(seen, result);
  });
}

/** Where the picture is drawn, in the topmost reachable viewport. */
function pictureNow({ picture, anchor }: Found, prediction: Prediction): PictureNow | null {
  if (picture === null || picture.kind === 'address' || !isHere(picture.element)) return null;
  const box = anchor();
  if (box === null) return null;
  const own = paintedBox(picture) ?? boxOf(picture.element);
  return { box, ...paintedPicture(picture, own, prediction) };
}

function showFailure(
  found: Found,
  card: Card,
  again: () => void,
  { error, failedRungs }: { error: Failure; failedRungs: RungFailure[] },
): void {
  const origins = hostPatterns([
    location.href,
    loadedAddress(found.picture?.address ?? '', location.href),
  ]);
  const giveAccess = () => {
    // Sent in the turn of the press: the browser only asks the person then.
    const asked = askWorker('requestAccess', { origins });
    void asked.then(
      ({ granted }) => {
        if (granted) again();
        else card.say(text('card_access_refused'));
      },
      (refused: unknown) => {
        card.say(toFailure(refused).message);
      },
    );
  };
  const canHelp = wouldAccessHelp(failedRungs) && origins.length > 0;
  const canRetry = found.picture !== null && error.code !== 'image-gone';
  card.show(
    failureContent(error, {
      retry: canRetry ? again : null,
      giveAccess: canHelp ? giveAccess : null,
    }),
  );
}

/** The same element with what it shows now. */
function refreshed(found: Found): Found {
  const { picture } = found;
  if (picture === null || picture.kind === 'address') return found;
  const shown = picturesOf(picture.element);
  const now = shown.find(({ kind }) => kind === picture.kind) ?? shown[0];
  return now === undefined ? found : { ...found, picture: now };
}

function cancel(requestId: string): void {
  askWorker('cancelRequests', { requestIds: [requestId] }).catch(() => {
    // It was only to spare the worker some work.
  });
}

/** After the next frame is drawn; a page in the background draws none, so not longer than a moment. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timeout = setTimeout(resolve, 250);
    requestAnimationFrame(() => {
      // Before all else that waits for its turn.
      void scheduler.postTask(
        () => {
          clearTimeout(timeout);
          resolve();
        },
        { priority: 'user-blocking' },
      );
    });
  });
}
