/** The report page's entry: sets the page's language and shows the report that its address names. */
import { render } from 'preact';

import '../ui/tokens.css';
import '../ui/base.css';
import './report.css';
import { text } from '../platform/i18n';
import { ReportPage } from './report-page';

document.documentElement.lang = text('popup_language');
document.documentElement.dir = text('popup_direction');
document.title = `${text('report_title')} · ${text('extension_short_name')}`;

const root = document.getElementById('report');
const id = new URLSearchParams(location.search).get('report') ?? '';
if (root !== null) render(<ReportPage id={id} />, root);
