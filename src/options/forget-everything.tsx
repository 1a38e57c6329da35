import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { type Failure, toFailure } from '../core/errors';
import { askWorker } from '../messages/client';
import { failureText, text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';

/** All that was taught, brought, dismissed and remembered: deleted, when the person has said so twice. */
export function ForgetEverything({ onForgotten }: { onForgotten: () => void }) {
  const [state, setState] = useState<'there' | 'asking' | 'forgotten'>('there');
  const [failure, setFailure] = useState<Failure | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  const announce = useAnnounce();

  useLayoutEffect(() => {
    // The focus follows the question, and comes back with the answer.
    if (state === 'asking' || wasAsking.current) first.current?.focus();
    wasAsking.current = state === 'asking';
  }, [state]);

  const forget = async () => {
    try {
      await askWorker('forgetEverything', {});
      setFailure(null);
      setState('forgotten');
      announce(text('options_forget_done'));
      onForgotten();
    } catch (error) {
      setFailure(toFailure(error));
      setState('there');
    }
  };

  return (
    <div class="field forget-everything">
      <p class="quiet-text">{text('options_forget_note')}</p>
      {state === 'asking' ? (
        <div
          class="row"
          role="group"
          aria-label={text('options_forget_question')}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setState('there');
          }}
        >
          <p>{text('options_forget_question')}</p>
          <button
            key="cancel"
            type="button"
            class="button"
            ref={first}
            onClick={() => {
              setState('there');
            }}
          >
            {text('popup_cancel')}
          </button>
          <button key="sure" type="button" class="button danger" onClick={() => void forget()}>
            {text('options_forget')}
          </button>
        </div>
      ) : (
        <div class="row">
          <button
            key="forget"
            type="button"
            class="button danger"
            ref={first}
            onClick={() => {
              setState('asking');
            }}
          >
            {text('options_forget')}
          </button>
          {state === 'forgotten' && <p>{text('options_forget_done')}</p>}
        </div>
      )}
      {failure !== null && (
        <p class="wrong" role="alert">
          {failureText(failure).what} {failureText(failure).remedy}
        </p>
      )}
    </div>
  );
}
