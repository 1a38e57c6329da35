/** The options page's entry: sets the page's language and shows the page. */
import { render } from 'preact';

import '../ui/tokens.css';
import '../ui/base.css';
import './options.css';
import { text } from '../platform/i18n';
import { OptionsPage } from './options-page';

document.documentElement.lang = text('popup_language');
document.documentElement.dir = text('popup_direction');
document.title = text('options_title');

const root = document.getElementById('options');
if (root !== null) render(<OptionsPage />, root);
