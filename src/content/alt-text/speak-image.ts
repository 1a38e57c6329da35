import { toFailure } from '../../core/errors';
import { snake } from '../../core/message-key';
import { recordedAddress } from '../../core/address/picture-address';
import type { Prediction } from '../../core/saying/prediction';
import { saidOf } from '../../core/saying/said';
import { askWorker, isExtensionAlive } from '../../messages/client';
import type { FrameFields } from '../../messages/frame-messages';
import { failureText, text } from '../../platform/i18n';
import { silenceHeadline } from '../../ui/silence-text';
import type { DescribeRequest } from '../describe/describe-image';
import { findPicture, focusedPictures } from '../find/find-picture';
import type { Picture } from '../find/picture';
import { shownPicture } from '../labelling/tracked-image';
import { classifyPicture, type LadderResult } from '../pixels/classify-picture';
import { withTwoSeen } from '../describe/see-two';
import { screenArea } from '../pixels/screen-area';
import { loadAltTexts } from './part';
import { openVoice, removeLeftoverVoices, type Voice } from './voice';

/** A warm engine has answered by then; in a longer wait a listener hears that the key was taken. */
const PATIENCE_MS = 1200;
/** Of a link with more pictures than this, the first are named. */
const MAX_PICTURES = 4;

type Spot = NonNullable<FrameFields<'sayImage'>['spot']>;

/** What is said of a picture, by a model of the person's own where that speaks instead, or why nothing is; where only sureness lacks, the guess after that, as one. */
export function spokenText({
  guess,
  silence,
  ...saying
}: Pick<Prediction, 'hint' | 'guess' | 'silence' | 'two' | 'own'>): string {
  const said = saidOf(saying);
  if (said !== null) return said.text;
  if (silence === 'own-model') return silenceHeadline({ silence, own: saying.own }, text);
  const why = text(snake(`card_silence_${silence ?? 'unsure'}`));
  return silence === 'unsure' && guess !== null ? `${why} ${guess.text}.` : why;
}

/** What is asked to be said: of one picture, or of the few that a link holds. */
interface Question {
  requestId: string;
  requestedAt: number;
  pictures: Picture[];
  /** Why there is no picture. */
  failed: LadderResult | null;
  /** The sentence with what is said in it; null while that is looked for. */
  around: (result: LadderResult | null) => string;
}

/** What is said of a picture, or why it cannot be looked at. */
function answerText(result: LadderResult): string {
  if (result.ok) return spokenText(result.prediction);
  const { what, remedy } = failureText(result.error);
  return `${what} ${remedy}`.trim();
}

/** The same in the middle of a sentence: hints begin with their hedge, which is no name. */
function saidWithin(result: LadderResult): string {
  const said = answerText(result);
  if (!result.ok || saidOf(result.prediction) === null) return said;
  const [initial = '', ...rest] = said;
  return initial.toLocaleLowerCase(result.prediction.lang) + rest.join('');
}

/** Several pictures, one sentence each. */
function sentences(results: readonly LadderResult[]): string {
  return results
    .map(answerText)
    .map((said) => (/[.!?。।؟]$/u.test(said) ? said : `${said}.`))
    .join(' ');
}

function alone(result: LadderResult | null): string {
  return result === null ? text('card_looking') : answerText(result);
}

function questionOf(request: DescribeRequest): Question {
  const { requestId, requestedAt } = request;
  const asked = { requestId, requestedAt, failed: null, around: alone };
  const focused = request.target === 'focused' ? focusedPictures() : [];
  if (focused.length > 1) return { ...asked, pictures: focused.slice(0, MAX_PICTURES) };
  try {
    return { ...asked, pictures: [findPicture(request, null)] };
  } catch (error) {
    const failed: LadderResult = { ok: false, error: toFailure(error), failedRungs: [] };
    return { ...asked, pictures: [], failed };
  }
}

/** The sentence for an image of the page: where it stands, what its author says of it, and what it may show. */
async function sentenceFor(
  element: Element,
  { position, count }: Spot,
): Promise<Question['around']> {
  const language = text('card_language');
  const [at, all] = [position, count].map((number) =>
    new Intl.NumberFormat(language).format(number),
  ) as [string, string];
  const altTexts = await loadAltTexts();
  const { need = null, name = '' } = altTexts?.altNeedOf(element) ?? {};
  return (result) => {
    const said = result === null ? text('card_looking') : saidWithin(result);
    switch (need) {
      case 'missing':
        return text('walk_missing', at, all, said);
      case 'weak':
      case 'named':
        return text(`walk_${need}`, at, all, name, said);
      case 'decorative':
        return text('walk_decorative', at, all, said);
      case null:
        return text('walk_image', at, all, said);
    }
  };
}

export interface Speaker {
  /** Says what the picture asked for shows. */
  speak: (request: DescribeRequest) => void;
  /** Says where an image stands, what its author says of it, and what it shows. */
  speakOf: (request: Omit<FrameFields<'sayImage'>, 'spot'>, element: Element, spot: Spot) => void;
  /** Says that the page has no images. */
  sayNone: () => void;
  /** Something else is asked for, maybe in another frame: what is being said ends. */
  hush: () => void;
}

/** Says what images show: the focus stays where it is, nothing of the page changes. */
export function createSpeaker(stopped: AbortSignal): Speaker {
  let running: { voice: Voice; controller: AbortController } | null = null;
  const silence = () => {
    running?.controller.abort();
    running?.voice.stop();
    running = null;
  };
  stopped.addEventListener('abort', silence);
  removeLeftoverVoices();

  function begin(element: Element | null): { voice: Voice; controller: AbortController } {
    silence();
    const voice = openVoice(element, {
      language: text('card_language'),
      direction: text('popup_direction'),
    });
    running = { voice, controller: new AbortController() };
    return running;
  }

  function answer(element: Element | null, question: () => Promise<Question> | Question): void {
    const { voice, controller } = begin(element);
    const run = async (): Promise<void> => {
      await say(await question(), voice, controller.signal);
    };
    run().catch(() => {
      // Only an extension that is gone fails here; it leaves nothing behind.
      voice.stop();
    });
  }

  return {
    hush: silence,
    speak: (request) => {
      const question = questionOf(request);
      answer(question.pictures[0]?.element ?? null, () => question);
    },
    speakOf: (request, element, spot) => {
      answer(element, async () => {
        const picture = shownPicture(element);
        return {
          ...{ ...request, pictures: picture === null ? [] : [picture] },
          failed: picture === null ? GONE : null,
          around: await sentenceFor(element, spot),
        };
      });
    },
    sayNone: () => {
      begin(null).voice.end(text('walk_none'));
    },
  };
}

const GONE: LadderResult = {
  ok: false,
  error: { code: 'image-gone', message: 'It shows nothing any more.' },
  failedRungs: [],
};

async function say(question: Question, voice: Voice, signal: AbortSignal): Promise<void> {
  const { requestId, requestedAt, pictures, failed, around } = question;
  const patience = setTimeout(() => {
    if (isExtensionAlive() && !signal.aborted) voice.say(around(null));
  }, PATIENCE_MS);
  // Each is a request of its own in the popup's list, as repeated attempts are.
  const asked = pictures.map((picture, index) => ({
    picture,
    id: index === 0 ? requestId : `${requestId}-${index + 1}`,
  }));
  const results = await Promise.all(
    asked.map(({ picture, id }) =>
      classifyPicture(picture, {
        ...{ requestId: id, priority: 'user', signal, outlivesElement: false, confirmed: null },
        // Nothing of the voice is seen.
        withClearScreen: async (shown, capture) => await capture(screenArea(shown)),
      }),
    ),
  );
  const all = failed === null ? results : [failed];
  const [first] = all;
  // Of one picture that was asked for: on a walk the sentence is short.
  if (first?.ok === true && around === alone) {
    first.prediction = await withTwoSeen(first.prediction);
  }
  clearTimeout(patience);
  if (signal.aborted) return;
  if (!isExtensionAlive()) {
    voice.stop();
    return;
  }
  voice.end(all.length === 1 && first !== undefined ? around(first) : sentences(all));
  const milliseconds = Date.now() - requestedAt;
  for (const [index, result] of all.entries()) {
    const { id = requestId, picture } = asked[index] ?? {};
    const address = picture?.address ?? null;
    const ending = {
      ...{ requestId: id, milliseconds, cardMilliseconds: milliseconds },
      failedRungs: result.failedRungs,
      failure: result.ok
        ? null
        : { error: result.error, source: address && recordedAddress(address) },
    };
    try {
      await askWorker('recordOutcome', ending);
    } catch {
      // The person has heard the answer; the popup's list misses one.
    }
  }
}
