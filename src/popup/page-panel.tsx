import { useEffect, useRef } from 'preact/hooks';

import type { PageState } from '../messages/protocol';
import { text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { wholeNumber } from '../ui/format';
import { pageView, type PageAction, type PageView } from './page-text';

/** Progress is spoken at most so often. */
const SPOKEN_EVERY_MS = 4000;

const NOTHING_KNOWN: PageView = {
  headline: '',
  explanation: '',
  action: null,
  progress: null,
  all: null,
};

function actionText(action: Exclude<PageAction, 'look-all'>): string {
  return text(`popup_page_action_${action === 'look-stop' ? 'stop' : action}`);
}

interface PagePanelProps {
  state: PageState | null;
  address: string | undefined;
  onAction: (action: PageAction) => void;
}

/** The page in front: how far its labels are, and the one thing to do about it now. */
export function PagePanel({ state, address, onAction }: PagePanelProps) {
  const announce = useAnnounce();
  const spoken = useRef({ headline: '', at: 0 });
  const headline = useRef<HTMLParagraphElement>(null);
  const view = state === null ? null : pageView(state, address, text, text('popup_language'));
  const { headline: says, explanation, action, progress, all } = view ?? NOTHING_KNOWN;
  const isWorking = progress !== null;

  useEffect(() => {
    const before = spoken.current;
    const now = performance.now();
    if (says === '' || says === before.headline) return;
    if (isWorking && now - before.at < SPOKEN_EVERY_MS) return;
    spoken.current = { headline: says, at: now };
    // What stands there when the popup opens is read anyway.
    if (before.headline !== '') announce(says);
  }, [says, isWorking, announce]);

  const act = (does: PageAction) => {
    // The button changes its meaning with the click: the focus must not stay on it.
    headline.current?.focus();
    onAction(does);
  };

  return (
    <section class="page" aria-labelledby="page-title" aria-busy={state === null}>
      <h2 id="page-title" class="listeners-only">
        {text('popup_page_title')}
      </h2>
      <div class="page-state">
        <div>
          <p class="page-headline" ref={headline} tabIndex={-1}>
            {says === '' ? text('popup_page_asking') : says}
          </p>
          {explanation !== '' && <p class="quiet-text">{explanation}</p>}
        </div>
        {action !== null && (
          <button
            type="button"
            class={action === 'label' || action === 'resume' ? 'button strong' : 'button'}
            onClick={() => {
              act(action);
            }}
          >
            {actionText(action)}
          </button>
        )}
      </div>
      {all !== null && (
        <button
          type="button"
          class="button look-all"
          onClick={() => {
            act('look-all');
          }}
        >
          {text('popup_page_action_look_all', wholeNumber(all, text('popup_language')))}
        </button>
      )}
      {progress !== null && (
        <progress
          aria-label={text('popup_page_progress')}
          max={progress.of}
          value={progress.done}
        />
      )}
    </section>
  );
}
