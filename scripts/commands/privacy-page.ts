/** `npm run privacy-page`: docs/privacy.html, the public page that the stores link to, from PRIVACY.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PROJECT_ROOT } from '../node/project-root';
import { privacyPage } from '../store/privacy-page';

const page = privacyPage(readFileSync(join(PROJECT_ROOT, 'PRIVACY.md'), 'utf8'));
writeFileSync(join(PROJECT_ROOT, 'docs/privacy.html'), page);
