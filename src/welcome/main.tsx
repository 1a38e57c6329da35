/** The welcome page's entry: sets the page's language and shows the page. */
import { render } from 'preact';

import '../ui/tokens.css';
import '../ui/base.css';
import './welcome.css';
import { text } from '../platform/i18n';
import { WelcomePage } from './welcome-page';

document.documentElement.lang = text('popup_language');
document.documentElement.dir = text('popup_direction');
document.title = text('welcome_title');

const root = document.getElementById('welcome');
if (root !== null) render(<WelcomePage />, root);
