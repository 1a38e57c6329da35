/** The values that a setting may have, where it has a few: for the schema, for pages and for the choices that a person sees. */
import { LANGUAGES } from '../saying/languages';
import { BACKENDS, type ViewCount } from '../saying/prediction';

/** `auto` picks the best backend that works. */
export const BACKEND_CHOICES = ['auto', ...BACKENDS] as const;

export const VIEW_COUNTS = [1, 2, 3] as const satisfies readonly ViewCount[];

/** `hover`: a label is shown while the pointer is on its image. */
export const DISPLAY_MODES = ['chips', 'hover', 'none'] as const;
export type DisplayMode = (typeof DISPLAY_MODES)[number];

export const SHOWN_PREDICTIONS = [1, 2, 3, 4, 5] as const;

/** Least width and height of an image that is labelled, CSS pixels. */
export const MINIMUM_SIZE_RANGE = { least: 16, most: 1024 } as const;

/** `missing`: images without a text. `missing-and-weak`: also those whose text says nothing. */
export const LISTENER_MODES = ['off', 'missing', 'missing-and-weak'] as const;
export type ListenerMode = (typeof LISTENER_MODES)[number];

/** `page`: as the page is written, where that is one of ours. `interface`: as the browser's interface. */
export const LABEL_LANGUAGES = ['interface', 'page', ...LANGUAGES] as const;
export type LabelLanguage = (typeof LABEL_LANGUAGES)[number];
