import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { text } from '../platform/i18n';
import { RichText } from '../ui/rich-text';

/** Only the browser may change an extension's shortcuts; this is its page for it. */
const SHORTCUTS_PAGE = 'chrome://extensions/shortcuts';

/** The shortcut as the person has set it: empty where there is none, null until it is known. */
function useShortcut(): string | null {
  const [shortcut, setShortcut] = useState<string | null>(null);
  useEffect(() => {
    browser.commands.getAll().then(
      (commands) => {
        const command = commands.find(({ name }) => name === 'describe-image');
        setShortcut(command?.shortcut ?? '');
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
        <button
          type="button"
          class="link"
          onClick={() => void browser.tabs.create({ url: SHORTCUTS_PAGE })}
        >
          {text(shortcut === '' ? 'popup_set_shortcut' : 'popup_change_shortcut')}
        </button>
      </p>
    </div>
  );
}
