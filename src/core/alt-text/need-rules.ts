import type { NeedRule } from './alt-need';

/** Apart from the rules themselves: who only reads reports needs none of their words. */
const rules: Record<NeedRule, null> = {
  hidden: null,
  'presentation-role': null,
  'not-exposed': null,
  'blank-alt': null,
  'empty-alt-in-control': null,
  'empty-alt': null,
  'empty-alt-exposed': null,
  'no-link-purpose': null,
  'no-button-purpose': null,
  'no-control-name': null,
  'no-alt': null,
  'no-name': null,
  'symbols-only': null,
  address: null,
  'camera-name': null,
  'file-name': null,
  'generic-word': null,
  'machine-text': null,
  'image-of': null,
  'repeats-caption': null,
  'repeats-link': null,
  'repeats-heading': null,
  'repeats-text': null,
  'repeats-title': null,
  'same-text': null,
  'other-language': null,
  'too-long': null,
  'aria-labelledby': null,
  'aria-label': null,
  label: null,
  alt: null,
  'svg-title': null,
  title: null,
};

/** Every rule's id. */
export const NEED_RULES = Object.keys(rules) as readonly NeedRule[];
