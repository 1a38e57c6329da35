import { useEffect, useState } from 'preact/hooks';

import { text } from '../platform/i18n';
import { useAnnounce } from './announcer';
import { CheckIcon, CopyIcon, CrossIcon } from './drawings';

/** How long a button says that it has copied. */
const SHOWN_MS = 2000;

interface CopyButtonProps {
  /** What is copied. */
  draft: string;
  /** The drawing alone. */
  compact: boolean;
  /** What the button says where it is not compact. */
  label?: string;
}

/** Copies an alt text, and says so on the button and to listeners. */
export function CopyButton({ draft, compact, label = text('popup_copy') }: CopyButtonProps) {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  const announce = useAnnounce();

  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => {
      setState('ready');
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(draft);
      setState('copied');
      announce(text('popup_copied_announcement', draft));
    } catch {
      setState('failed');
      announce(text('popup_copy_failed'));
    }
  }

  const says = {
    ready: compact ? text('popup_copy_of', draft) : label,
    copied: text('popup_copied'),
    failed: text('popup_copy_failed'),
  }[state];
  return (
    <button
      type="button"
      class={compact ? 'button icon' : 'button'}
      aria-label={compact ? says : undefined}
      title={compact ? says : undefined}
      onClick={() => void copy()}
    >
      {{ ready: <CopyIcon />, copied: <CheckIcon />, failed: <CrossIcon /> }[state]}
      {!compact && says}
    </button>
  );
}
