import { CodedError } from '../core/errors';
import { putNewest } from '../core/newest';
import { recordedAddress } from '../core/address/picture-address';
import { withInstead } from '../core/own-models/instead';
import type { Prediction } from '../core/saying/prediction';
import type { Outcome } from '../messages/protocol';
import type { WorkerFields } from '../messages/worker-messages';
import type { Sender } from '../messages/server';
import {
  addToOutcomes,
  changeAsked,
  findAsked,
  rememberOutcome,
  type AskedRequest,
} from '../platform/outcome-store';

/** Answers wait here for the page's word that it has shown them, which comes with the next frame. */
const MAX_WAITING_ANSWERS = 16;

type ContentSender = Extract<Sender, { kind: 'content' }>;
/** A page's word that a request is over: what it alone knows of it. */
type Ending = WorkerFields<'recordOutcome'>;

interface Answer {
  documentId: string;
  source: string | null;
  prediction: Prediction;
}

/**
 * What came of the requests that a person made, for the popup's list. A page only says that a request
 * is over and how long that took; what was answered is the worker's own knowledge.
 */
export interface Outcomes {
  /** A person asks for a picture of this frame: from now on its ending is taken, in this life of the worker. */
  expect(request: Omit<AskedRequest, 'attempts'>): void;
  /** Notes an expected request for a later life of the worker. */
  keep(requestId: string): Promise<void>;
  /** @param source the picture's address, as the page names it */
  answered(
    requestId: string,
    sender: ContentSender,
    answer: Pick<Answer, 'source' | 'prediction'>,
  ): void;
  /** What else is said of a picture that was answered, whether that is listed yet or not. */
  alsoSaid(picture: string, more: Partial<Prediction>): Promise<void>;
  /**
   * Lists what came of a request. An answer that the worker does not have any more (it has stopped since)
   * is not listed.
   * @throws CodedError `message-refused` where this document was not asked
   */
  record(ending: Ending, sender: ContentSender, thumbnail: string | null): Promise<void>;
}

/** The request that a page's attempt belongs to: the first has its id, later ones count up behind it. */
function attemptOf(requestId: string): { id: string; attempt: number } {
  const [, id = requestId, attempt = '1'] = /^(.+)-(\d{1,4})$/.exec(requestId) ?? [];
  return { id, attempt: Number(attempt) };
}

export function createOutcomes(): Outcomes {
  const answers = new Map<string, Answer>();
  const expected = new Map<string, AskedRequest>();

  /** The request, with the attempt noted as over. @throws CodedError */
  async function ended(requestId: string, sender: ContentSender): Promise<AskedRequest> {
    const { id, attempt } = attemptOf(requestId);
    const asked = expected.get(id) ?? (await findAsked(id));
    const documentId = answers.get(requestId)?.documentId ?? sender.documentId;
    const isItsFrame = asked?.frameId === sender.frameId || sender.frameId === 0;
    if (asked?.tabId !== sender.tabId || !isItsFrame) {
      throw new CodedError('message-refused', 'This frame was not asked.');
    }
    if (documentId !== sender.documentId || asked.attempts >= attempt) {
      throw new CodedError('message-refused', 'It was another document, or has been told.');
    }
    const told = { ...asked, attempts: attempt };
    if (expected.has(id)) expected.set(id, told);
    return told;
  }

  function resultOf(failure: Ending['failure'], answer: Answer | undefined) {
    if (failure !== null) return { ok: false, error: failure.error } as const;
    return answer === undefined ? null : ({ ok: true, prediction: answer.prediction } as const);
  }

  return {
    expect(request) {
      putNewest(expected, request.requestId, { ...request, attempts: 0 }, MAX_WAITING_ANSWERS);
    },
    async keep(requestId) {
      const request = expected.get(requestId);
      if (request !== undefined) await changeAsked(request);
    },
    answered(requestId, { documentId, isPrivate }, { source, prediction }) {
      if (isPrivate) return;
      putNewest(answers, requestId, { documentId, source, prediction }, MAX_WAITING_ANSWERS);
    },
    async alsoSaid(picture, more) {
      for (const [requestId, answer] of answers) {
        const { prediction } = answer;
        if (prediction.picture === picture) {
          answers.set(requestId, {
            ...answer,
            prediction: withInstead({ ...prediction, ...more }),
          });
        }
      }
      await addToOutcomes(picture, more);
    },
    async record(ending, sender, thumbnail) {
      // What is looked at in a private window leaves no note anywhere.
      if (sender.isPrivate) return;
      const { requestId, milliseconds, cardMilliseconds, failedRungs, failure } = ending;
      const asked = await ended(requestId, sender);
      const answer = answers.get(requestId);
      answers.delete(requestId);
      const result = resultOf(failure, answer);
      // Listed before it is noted as over: a worker that is stopped in between is told again, and lists it once.
      if (result === null) {
        await changeAsked(asked);
        return;
      }
      const source = failure === null ? (answer?.source ?? null) : failure.source;
      const isFirst = requestId === asked.requestId;
      await rememberOutcome({
        id: requestId,
        requestedAt: isFirst ? asked.requestedAt : Date.now() - milliseconds,
        source: source === null ? null : recordedAddress(source),
        page: recordedAddress(sender.pageAddress),
        ...{ result, failedRungs, milliseconds, cardMilliseconds, thumbnail },
      } satisfies Outcome);
      await changeAsked(asked);
    },
  };
}
