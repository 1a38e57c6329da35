import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, absolute. */
export const PROJECT_ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
