import { useState } from 'preact/hooks';

import { CodedError } from '../core/errors';
import type { Prediction, Rung, Saying } from '../core/saying/prediction';
import { snake } from '../core/message-key';
import { askWorker } from '../messages/client';
import type { Outcome } from '../messages/protocol';
import { askForAccess } from '../platform/access';
import { failureText, percent, text } from '../platform/i18n';
import { CopyButton } from '../ui/copy-button';
import { CopyReport } from '../ui/copy-report';
import { DismissButton } from '../ui/dismiss-button';
import { ChevronIcon, NoPictureIcon } from '../ui/drawings';
import { fact, type Fact } from '../ui/fact';
import { backendName, duration } from '../ui/format';
import { Facts } from '../ui/facts';
import { ModelSaw } from '../ui/model-saw';
import { onDemand } from '../ui/on-demand';
import { outcomeView } from '../ui/outcome-view';
import { OwnAnswers } from '../ui/own-answers';
import { TeachField } from '../ui/teach-field';
import { Fold } from './fold';
import { missingAccess, placeName, timeAgo, webAddress } from './outcome-text';

const TwoThings = onDemand(async () => (await import('../ui/two-things')).TwoThings);
const ShowWhere = onDemand(async () => (await import('../ui/show-where')).ShowWhere);

function Place({ term, address }: { term: string; address: string }) {
  const url = webAddress(address);
  return (
    <div>
      <dt>{term}</dt>
      <dd class="address">
        {url === null ? (
          address
        ) : (
          <a href={url.href} target="_blank" rel="noreferrer">
            {url.host + url.pathname}
          </a>
        )}
      </dd>
    </div>
  );
}

function rungName(rung: Rung): string {
  return text(snake(`popup_rung_${rung}`));
}

function timings(prediction: Prediction, milliseconds: number): Fact[] {
  const language = text('popup_language');
  const total = duration(milliseconds, language);
  const model = duration(prediction.inferenceMilliseconds, language);
  const took = prediction.cached
    ? text('popup_result_took_known', total)
    : text('popup_result_took_value', total, model, backendName(prediction.backend, text));
  return [
    fact(text('popup_result_read'), rungName(prediction.rung)),
    fact(text('popup_result_took'), took),
  ];
}

/** Each way to the pixels that failed, and why. */
function failures({ failedRungs }: Outcome): Fact[] {
  return failedRungs.map(({ rung, error }) =>
    fact(rungName(rung), failureText(error).what, error.message),
  );
}

/** The list follows its store. Its pictures have their pixels in the worker, for a while. */
async function seekTwo({ picture }: Prediction): Promise<Saying> {
  const saying = await askWorker('seekTwo', { picture, isPrivate: false });
  if (saying === null) throw new CodedError('picture-forgotten', 'Its pixels are gone.');
  return saying;
}

function Details({ outcome, onJudge }: Pick<ResultRowProps, 'outcome' | 'onJudge'>) {
  const { result, page, source, milliseconds } = outcome;
  const draft = result.ok ? result.prediction.draft : null;
  return (
    <>
      {result.ok && <ModelSaw prediction={result.prediction} offersUnsaid />}
      {result.ok && (
        <TwoThings prediction={result.prediction} onSeek={() => seekTwo(result.prediction)} />
      )}
      {result.ok && <OwnAnswers answers={result.prediction.own} />}
      {draft !== null && (
        <div class="draft">
          <p>{text('popup_draft')}</p>
          <p class="draft-text" lang={result.ok ? result.prediction.draftLang : undefined}>
            {draft}
          </p>
          <CopyButton draft={draft} compact={false} />
        </div>
      )}
      {result.ok && (
        <div class="result-actions">
          <DismissButton
            prediction={result.prediction}
            onJudge={(...judged) => {
              onJudge(result.prediction, ...judged);
            }}
          />
          <ShowWhere prediction={result.prediction} thumbnail={outcome.thumbnail} />
          <TeachField picture={result.prediction.picture} />
        </div>
      )}
      {!result.ok && <CopyReport failure={result.error} rungs={outcome.failedRungs} />}
      <Fold name="way" title={text('popup_settings')}>
        <Facts facts={result.ok ? timings(result.prediction, milliseconds) : failures(outcome)}>
          {page !== '' && <Place term={text('popup_result_page')} address={page} />}
          {source !== null && <Place term={text('popup_result_image')} address={source} />}
        </Facts>
      </Fold>
    </>
  );
}

function AccessButton({ pattern }: { pattern: string }) {
  const [granted, setGranted] = useState(false);
  if (granted) return <p role="status">{text('popup_access_granted')}</p>;
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        // The click allows the browser's question only if nothing is awaited before it.
        askForAccess([pattern]).then(setGranted, () => {
          setGranted(false);
        });
      }}
    >
      {text('popup_access_give', new URL(pattern.slice(0, -1)).hostname)}
    </button>
  );
}

interface ResultRowProps {
  outcome: Outcome;
  isOpen: boolean;
  onToggle: () => void;
  onJudge: (prediction: Prediction, isDismissed: boolean, synset: string) => void;
}

/** One result: what was said and of what; opened, also the five predictions, the draft and the way there. */
export function ResultRow({ outcome, isOpen, onToggle, onJudge }: ResultRowProps) {
  const { headline, headlineLanguage, probability, note, tone } = outcomeView(
    outcome,
    text,
    failureText,
  );
  const draft = outcome.result.ok ? outcome.result.prediction.draft : null;
  const access = missingAccess(outcome);
  const panelId = `result-${outcome.id}`;
  return (
    <li class="result" data-tone={tone}>
      <div class="result-head">
        <button
          type="button"
          class="result-toggle"
          aria-expanded={isOpen}
          aria-controls={isOpen ? panelId : undefined}
          onClick={onToggle}
        >
          <span class="thumbnail">
            {outcome.thumbnail === null ? (
              <NoPictureIcon />
            ) : (
              <img src={outcome.thumbnail} alt="" />
            )}
          </span>
          <span class="result-words">
            <span class="result-headline" lang={headlineLanguage ?? undefined}>
              {headline}
            </span>{' '}
            <span class="quiet-text">
              {text(
                'popup_result_origin',
                placeName(outcome.page),
                timeAgo(outcome.requestedAt, Date.now(), text('popup_language')),
              )}
            </span>
          </span>{' '}
          {probability !== null && <span class="share">{percent(probability)}</span>}
          <ChevronIcon />
        </button>
        {draft !== null && !isOpen && <CopyButton draft={draft} compact />}
      </div>
      {note !== '' && <p class="result-note">{note}</p>}
      {access !== null && (
        <div class="result-action">
          <AccessButton pattern={access} />
        </div>
      )}
      {isOpen && (
        <div class="result-details" id={panelId}>
          <Details outcome={outcome} onJudge={onJudge} />
        </div>
      )}
    </li>
  );
}
