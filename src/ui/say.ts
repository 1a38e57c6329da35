import type { MessageKey } from '../platform/i18n';

/** Looks up a localised text by key and fills in its substitutions; `text` of platform/i18n in the browser. */
export type Say = (key: MessageKey, ...substitutions: string[]) => string;
