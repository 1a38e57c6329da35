/**
 * Every message to the content scripts of one frame, one row each: its fields and the type of its
 * answer. The worker and the extension's pages send them; content scripts cannot. Handlers and client
 * follow from this table by type. Content scripts carry the table, so that the checks are of core/check
 * and not of a schema library.
 */
import {
  isBoolean,
  listOf,
  oneOf,
  orNull,
  shapeOf,
  textUpTo,
  wholeFrom,
  type Shape,
  type Shaped,
} from '../core/check';
import { INACTIVE_REASONS } from '../core/settings/labelling-state';
import { PAGE_SETTING_CHECKS } from '../core/settings/page-settings';
import { type, type TypeOf } from './message-type';
import type { Attention, FrameImages, FrameReportPart } from './protocol';

interface FrameMessage<Fields extends Shape, Value> {
  fields: Fields;
  value: TypeOf<Value>;
}

function message<Fields extends Shape, Value>(
  fields: Fields,
  value: TypeOf<Value>,
): FrameMessage<Fields, Value> {
  return { fields, value };
}

const id = textUpTo(64);
/** As long as Chrome lets an address be, in UTF-16 units: `data:` addresses are long. */
const address = textUpTo(2 * 1024 * 1024);
/** A `Date.now()`, up to the latest that a `Date` may be. */
const time = wholeFrom(0, 8.64e15);
/** Longer than what the popup lets a person write. */
const altText = textUpTo(1000);

/** Answered by the script that describes one image. */
export const describeMessages = {
  describeImage: message(
    {
      requestId: id,
      /** `Date.now()` of the click or key press. */
      requestedAt: time,
      /**
       * `image`: the browser knows the image, `srcUrl` is its address. `here`: what is under the pointer.
       * `focused`: the focused image, else the one under the pointer. `address`: no element is reachable
       * (an image in a frame that may not be scripted); the card stands alone.
       */
      target: oneOf('image', 'here', 'focused', 'address'),
      srcUrl: orNull(address),
      /** What Firefox calls the element that its menu was opened on. */
      menuTarget: orNull(wholeFrom(0, Number.MAX_SAFE_INTEGER)),
      /** With `address`: the address of the frame that shows the image, to place the card beside it. */
      frameUrl: orNull(address),
      /** `speech`: said through a live region; the focus stays and nothing is shown. */
      answer: oneOf('card', 'speech'),
      /** How many of the likeliest classes the card lists. */
      shownPredictions: PAGE_SETTING_CHECKS.shownPredictions,
    },
    type<null>,
  ),
  /** The frame's images in reading order; what is smaller on a side is none. */
  listImages: message({ minimumSizePx: PAGE_SETTING_CHECKS.minimumSizePx }, type<FrameImages>),
  /**
   * Says what an image of that list shows and where it stands, as `describeImage` does with `speech`; of
   * none, that the page has none. Fails with `image-gone`.
   */
  sayImage: message(
    {
      ...{ requestId: id, requestedAt: time },
      spot: orNull(
        shapeOf({ id, position: wholeFrom(1, 10_000_000), count: wholeFrom(1, 10_000_000) }),
      ),
    },
    type<null>,
  ),
  /** For the shortcuts, which name no frame: is the focused picture, or the pointer, in this one? */
  getAttention: message({}, type<Attention | null>),
};

/** Answered by the script that labels pages. */
export const labellingMessages = {
  /** Starts (or goes on, or changes the display of) labelling in this frame. */
  startLabelling: message(
    { state: shapeOf({ active: oneOf(true), ...PAGE_SETTING_CHECKS }) },
    type<null>,
  ),
  /** Stops it and leaves no trace. */
  stopLabelling: message(
    {
      state: shapeOf({
        active: oneOf(false),
        reason: oneOf(...INACTIVE_REASONS),
        resumeAt: orNull(time),
      }),
    },
    type<null>,
  ),
  /** Hides the labels of the page, or brings them back. */
  toggleLabels: message({}, type<null>),
  /** Looks at all images of the frame, wherever they are, without scrolling; or no longer. */
  lookAtAll: message({ isWanted: isBoolean }, type<null>),
  /**
   * The frame's images, in parts: `report` names the report that the asker reads, `from` is 0, then the
   * `next` of the part before. Fails with `cancelled` where that report is not under way any more.
   */
  getFrameReport: message(
    { report: id, from: wholeFrom(0, Number.MAX_SAFE_INTEGER) },
    type<FrameReportPart>,
  ),
  /** Of these pictures something else may be said now, or of all (null): whatever shows them asks again. */
  followVoice: message(
    {
      concerned: orNull(
        shapeOf({
          pictures: listOf(textUpTo(100), 10_000),
          labels: listOf(textUpTo(100), 10_000),
        }),
      ),
    },
    type<null>,
  ),
  /** Models of the person's own speak otherwise here now: what is labelled is asked for anew. */
  askAnew: message({}, type<null>),
  /** Scrolls to an image of the frame's report and rings it for a moment. Fails with `image-gone`. */
  showImage: message({ id }, type<null>),
  /**
   * Puts this text on an image of the frame's report, by a person's own press, or with null takes back
   * what Alt Lens put there. Fails with `image-gone`, or `alt-text-kept` where the author's text stays.
   */
  setAltText: message({ id, text: orNull(altText) }, type<null>),
  /** Has the worker look for two things in an image of the frame's report. Fails with `image-gone`. */
  seekTwo: message({ id }, type<null>),
  /** Small copies of images of the frame's report, as `data:` URLs by id; what may not be read is left out. Nothing is fetched. */
  getThumbnails: message({ ids: listOf(id, 1000) }, type<Record<string, string>>),
};

type Table = typeof describeMessages & typeof labellingMessages;
export type FrameMessageType = keyof Table;
export type FrameFields<T extends FrameMessageType> = Shaped<Table[T]['fields']>;
/** What a message is answered with. */
export type FrameValue<T extends FrameMessageType> = ReturnType<Table[T]['value']>;

/** Rows of the table by the type of their message. */
export type FrameRows = Readonly<Record<string, { fields: Shape }>>;

/**
 * A message to a frame with its fields, every one checked, or null where none of the rows fits. Fields
 * that the row does not name are left out.
 */
export function parseFrameMessage(
  rows: FrameRows,
  sent: unknown,
): { type: string; fields: Record<string, unknown> } | null {
  if (!shapeOf({ type: oneOf(...Object.keys(rows)) })(sent)) return null;
  const { type } = sent;
  const checks = rows[type]?.fields ?? {};
  if (!shapeOf(checks)(sent)) return null;
  const given: Readonly<Record<string, unknown>> = sent;
  return {
    type,
    fields: Object.fromEntries(Object.keys(checks).map((name) => [name, given[name]])),
  };
}
