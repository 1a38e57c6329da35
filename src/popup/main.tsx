/** The popup's entry: sets the page's language, shows the popup, and takes back the toolbar's failure badge. */
import { render } from 'preact';

import '../ui/tokens.css';
import '../ui/base.css';
import './popup.css';
import { clearBadge } from '../platform/badge';
import { text } from '../platform/i18n';
import { activeTab } from '../platform/tabs';
import { Popup } from './popup';

document.documentElement.lang = text('popup_language');
document.documentElement.dir = text('popup_direction');
document.title = text('extension_short_name');

const root = document.getElementById('popup');
if (root !== null) render(<Popup />, root);

/** The badge says "open the popup to see what failed": that is done now. */
async function clearActiveBadge(): Promise<void> {
  const tab = await activeTab();
  if (tab?.id !== undefined) await clearBadge(tab.id);
}
void clearActiveBadge();
