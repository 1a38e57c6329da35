import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Dismissal } from '../core/saying/dismissal';
import { toFailure, type Failure } from '../core/errors';
import { askWorker } from '../messages/client';
import { failureText, text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';

/** How many labels the person dismissed as wrong; forgetting them can be undone. */
export function DismissalsField() {
  const [count, setCount] = useState<number | null>(null);
  const [forgotten, setForgotten] = useState<Dismissal[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasForgotten = useRef(false);
  const announce = useAnnounce();

  useLayoutEffect(() => {
    // The pressed button made way for the other one: the keyboard goes on with that.
    const isForgotten = forgotten !== null;
    if (isForgotten !== wasForgotten.current) button.current?.focus();
    wasForgotten.current = isForgotten;
  }, [forgotten]);

  /** Does something and counts what is stored then. */
  const act = useCallback(async (does: () => Promise<unknown>) => {
    try {
      await does();
      setCount(await askWorker('countDismissals', {}));
      setFailure(null);
    } catch (error) {
      setFailure(toFailure(error));
    }
  }, []);

  useEffect(() => {
    void act(() => Promise.resolve());
  }, [act]);

  const forget = () =>
    act(async () => {
      setForgotten(await askWorker('forgetDismissals', {}));
      announce(text('options_dismissals_forgotten'));
    });
  const restore = (dismissals: Dismissal[]) =>
    act(async () => {
      await askWorker('restoreDismissals', { dismissals });
      setCount(dismissals.length);
      setForgotten(null);
      announce(text('options_dismissals_restored'));
    });

  const trouble = failure === null ? null : failureText(failure);
  const format = new Intl.NumberFormat(text('popup_language'));
  return (
    <div class="field dismissals">
      <p class="quiet-text">{text('options_dismissals_note')}</p>
      <p class="cache-size">
        {count === null
          ? text('options_loading')
          : text('options_dismissals_count', format.format(count))}
      </p>
      {trouble !== null && (
        <p class="wrong" role="alert">
          {trouble.what} {trouble.remedy}
        </p>
      )}
      {forgotten === null && count !== null && count > 0 && (
        <button
          key="forget"
          ref={button}
          type="button"
          class="button"
          onClick={() => void forget()}
        >
          {text('options_dismissals_forget')}
        </button>
      )}
      {forgotten !== null && (
        <div class="row">
          <p>{text('options_dismissals_forgotten')}</p>
          <button
            key="undo"
            ref={button}
            type="button"
            class="button"
            onClick={() => void restore(forgotten)}
          >
            {text('options_undo')}
          </button>
        </div>
      )}
    </div>
  );
}
