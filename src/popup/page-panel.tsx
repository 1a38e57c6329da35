import { useEffect, useRef } from 'preact/hooks';

import type { PageState } from '../messages/protocol';
import { text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { pageView, type PageAction, type PageView } from './page-text';

/** Progress is spoken at most so often. */
const SPOKEN_EVERY_MS = 4000;

const NOTHING_KNOWN: PageView = {
  headline: '',
  explanation: '',
  action: null,
  progress: null,
};

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
  const { headline: says, explanation, action, progress } = view ?? NOTHING_KNOWN;
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
              // The button changes its meaning with the click: the focus must not stay on it.
              headline.current?.focus();
              onAction(action);
            }}
          >
            {text(`popup_page_action_${action}`)}
          </button>
        )}
      </div>
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
