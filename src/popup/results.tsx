import { type ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Prediction } from '../core/saying/prediction';
import type { Outcome } from '../messages/protocol';
import { text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { RightClickDrawing } from '../ui/drawings';
import { Fold } from './fold';
import { ResultRow } from './result-row';

interface ClearProps {
  onClear: () => void;
}

/** Clearing cannot be undone, so it is asked about; Escape or Cancel keeps the list. */
function ClearButton({ onClear }: ClearProps) {
  const [isAsking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);

  useLayoutEffect(() => {
    // The focus follows the question, and comes back with the answer.
    if (isAsking || asked.current) first.current?.focus();
    asked.current = isAsking;
  }, [isAsking]);

  if (!isAsking) {
    return (
      <button
        type="button"
        class="link"
        ref={first}
        onClick={() => {
          setAsking(true);
        }}
      >
        {text('popup_clear')}
      </button>
    );
  }
  return (
    <div
      class="confirm"
      role="group"
      aria-label={text('popup_clear_question')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Else the browser closes the popup, too.
        event.preventDefault();
        setAsking(false);
      }}
    >
      <span>{text('popup_clear_question')}</span>
      <button type="button" class="button danger" ref={first} onClick={onClear}>
        {text('popup_clear_confirm')}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          setAsking(false);
        }}
      >
        {text('popup_cancel')}
      </button>
    </div>
  );
}

interface ResultsProps {
  outcomes: Outcome[] | null;
  onClear: () => void;
  /** The person's word that a label is wrong, or not after all. */
  onJudge: (prediction: Prediction, isDismissed: boolean, synset: string) => void;
  /** Another list is what the popup is about. */
  isFolded: boolean;
  /** How to get results, where there are none. */
  howTo: ComponentChildren;
}

/** The last results, newest first; the one that was newest when the popup opened is open. */
export function Results({ outcomes, onClear, onJudge, isFolded, howTo }: ResultsProps) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const newestAtFirst = useRef<string | null | undefined>(undefined);
  const announce = useAnnounce();

  // A later result must not push open under the pointer what a person is reading.
  if (outcomes !== null && newestAtFirst.current === undefined) {
    newestAtFirst.current = outcomes[0]?.id ?? null;
  }
  const isOpen = (id: string) => toggled.get(id) ?? id === newestAtFirst.current;

  return (
    <section class="results" aria-labelledby="results-title" aria-busy={outcomes === null}>
      <Fold
        name="results-list"
        title={<h2>{text('popup_results')}</h2>}
        titleId="results-title"
        isOpen={!isFolded}
      >
        {outcomes === null && <p class="quiet-text">{text('popup_results_asking')}</p>}
        {outcomes?.length === 0 && (
          <div class="empty">
            <RightClickDrawing />
            <p>{text('popup_empty')}</p>
            {howTo}
          </div>
        )}
        {outcomes !== null && outcomes.length > 0 && (
          <>
            <ul class="result-list">
              {outcomes.map((outcome) => (
                <ResultRow
                  key={outcome.id}
                  outcome={outcome}
                  onJudge={onJudge}
                  isOpen={isOpen(outcome.id)}
                  onToggle={() => {
                    setToggled(new Map(toggled).set(outcome.id, !isOpen(outcome.id)));
                  }}
                />
              ))}
            </ul>
            <ClearButton
              onClear={() => {
                document.getElementById('results-title')?.focus();
                announce(text('popup_cleared'));
                onClear();
              }}
            />
          </>
        )}
      </Fold>
    </section>
  );
}
