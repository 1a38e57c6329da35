import { text } from '../platform/i18n';
import {
  openOptions,
  openTab,
  packageAddress,
  packageVersion,
  WELCOME_PAGE,
} from '../platform/tabs';
import { ShieldIcon } from '../ui/drawings';
import { KeptLink } from './kept-link';

/** What holds always, the ways to settings and help, and which version this is. */
export function PopupFoot() {
  return (
    <footer class="foot">
      <p class="privacy">
        <ShieldIcon />
        <span>{text('popup_privacy')}</span>
      </p>
      <p class="ways">
        <button type="button" class="link" onClick={() => void openOptions()}>
          {text('popup_open_settings')}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => void openTab(packageAddress(WELCOME_PAGE))}
        >
          {text('popup_help')}
        </button>
        <KeptLink />
        <span>{text('popup_version', packageVersion())}</span>
      </p>
    </footer>
  );
}
