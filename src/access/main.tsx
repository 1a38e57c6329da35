/** The entry of the window that asks for access to a site, where the browser takes no press in a page of the web. */
import { render } from 'preact';

import '../ui/tokens.css';
import '../ui/base.css';
import './access.css';
import { text } from '../platform/i18n';
import { AccessPage } from './access-page';

document.documentElement.lang = text('popup_language');
document.documentElement.dir = text('popup_direction');

const root = document.getElementById('access');
const origins = new URLSearchParams(location.search).getAll('origin');
if (root !== null) render(<AccessPage origins={origins} />, root);
