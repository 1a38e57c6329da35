import { useEffect, useState } from 'preact/hooks';

import { text } from '../platform/i18n';
import { loadShortcuts, openShortcutsPage } from '../platform/shortcuts';
import { RichText } from '../ui/rich-text';

/** The shortcut as the person has set it: empty where there is none, null until it is known. */
function useShortcut(): string | null {
  const [shortcut, setShortcut] = useState<string | null>(null);
  useEffect(() => {
    loadShortcuts().then(
      (shortcuts) => {
        setShortcut(shortcuts.find(({ command }) => command === 'describe-image')?.keys ?? '');
      },
      () => {
        setShortcut('');
      },
    );
  }, []);
  return shortcut;
}

/** The two ways to ask about an image. */
export function HowTo() {
  const shortcut = useShortcut();
  return (
    <div class="how-to">
      <p>
        <RichText of="popup_how_to" with={[<b>{text('menu_classify_image')}</b>]} />
      </p>
      <p class={shortcut === null ? 'not-yet' : ''}>
        {shortcut === '' ? (
          text('popup_no_shortcut')
        ) : (
          <RichText of="popup_shortcut" with={[<kbd>{shortcut}</kbd>]} />
        )}{' '}
        <button type="button" class="link" onClick={() => void openShortcutsPage()}>
          {text(shortcut === '' ? 'popup_set_shortcut' : 'popup_change_shortcut')}
        </button>
      </p>
    </div>
  );
}
