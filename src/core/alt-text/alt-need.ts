/**
 * Does an image need a text for those who can't see it? Decided from facts alone, rule by rule; the
 * first that applies decides. `missing` and `decorative` are what axe-core's image-alt, input-image-alt,
 * svg-img-alt, role-img-alt, object-alt and area-alt see; `weak` follows the W3C techniques.
 */
import type { AltFacts, NameSource } from './alt-facts';
import { isImageRole, isNamelessRole } from './alt-need-roles';
import {
  comparable,
  isAddress,
  isFileName,
  isGenericWord,
  isOpenedAsImage,
  isSymbolsOnly,
  isTooLong,
} from './alt-words';
import { isOtherLanguage } from './alt-words-language';
import { isEmptyAlt, isPresentation } from './author-word';
import { isCameraName } from './program-names';
import { isWrittenByMachine } from './vocabulary';

export type Need = 'missing' | 'weak' | 'named' | 'decorative';

interface Rule {
  id: string;
  need: Need;
  applies: (facts: AltFacts) => boolean;
}

/** Does assistive technology take it for an image? */
function isExposed(facts: AltFacts): boolean {
  const { kind, role, isFocusable } = facts;
  switch (kind) {
    case 'button':
    case 'area':
      return true;
    case 'img':
    case 'object':
      return isFocusable || !isNamelessRole(role);
    case 'svg':
      return isImageRole(role) || role === 'graphics-symbol' || role === 'graphics-document';
    case 'other':
      return isImageRole(role);
  }
}

function isSame(text: string, other: string): boolean {
  const compared = comparable(text);
  return compared !== '' && compared === comparable(other);
}

const isUnnamed = ({ name }: AltFacts): boolean => name === '';
const weak = <Id extends string>(id: Id, applies: Rule['applies']) =>
  ({ id, need: 'weak', applies }) as const;

/** In the order in which they are asked; the ids are stable, texts and reports go by them (`need_rule_<id with _>`). */
const RULES = [
  { id: 'hidden', need: 'decorative', applies: ({ isHidden }) => isHidden },
  { id: 'presentation-role', need: 'decorative', applies: isPresentation },
  {
    id: 'not-exposed',
    need: 'decorative',
    applies: (facts) => !isExposed(facts) && isUnnamed(facts),
  },
  {
    // The author meant to say something, or nothing: a blank says neither. W3C F65, axe's alt-space-value.
    id: 'blank-alt',
    need: 'missing',
    applies: ({ kind, alt }) => kind === 'img' && alt !== null && /^\s+$/u.test(alt),
  },
  {
    // The control has no text at all then. W3C F89.
    id: 'empty-alt-in-control',
    need: 'decorative',
    applies: (facts) => isEmptyAlt(facts) && facts.control !== null,
  },
  {
    // W3C H67.
    id: 'empty-alt',
    need: 'decorative',
    applies: isEmptyAlt,
  },
  {
    // Functional images are asked for where they lead or what they do. W3C H30, H24.
    id: 'no-link-purpose',
    need: 'missing',
    applies: (facts) => isUnnamed(facts) && facts.control === 'link',
  },
  {
    // W3C H36.
    id: 'no-button-purpose',
    need: 'missing',
    applies: (facts) => isUnnamed(facts) && facts.control === 'button',
  },
  {
    // W3C H37, F65.
    id: 'no-alt',
    need: 'missing',
    applies: (facts) => isUnnamed(facts) && facts.kind === 'img',
  },
  // W3C ARIA6, ARIA10, H53.
  { id: 'no-name', need: 'missing', applies: isUnnamed },

  weak('symbols-only', ({ name }) => isSymbolsOnly(name)),
  weak('address', ({ name }) => isAddress(name)),
  weak('camera-name', ({ name }) => isCameraName(name)),
  weak('file-name', ({ name, fileName }) => isFileName(name, fileName)),
  weak('generic-word', ({ name }) => isGenericWord(name)),
  weak('machine-text', ({ name }) => isWrittenByMachine(name)),
  weak('image-of', ({ name }) => isOpenedAsImage(name)),
  // Where the name is the caption by reference there is no second text that repeats it.
  weak(
    'repeats-caption',
    ({ name, nameFrom, caption }) => nameFrom !== 'aria-labelledby' && isSame(name, caption),
  ),
  weak('repeats-link', ({ name, linkText }) => isSame(name, linkText)),
  weak(
    'repeats-heading',
    ({ name, nameFrom, heading }) => nameFrom !== 'aria-labelledby' && isSame(name, heading),
  ),
  weak('same-text', ({ hasNamesake }) => hasNamesake),
  weak('other-language', ({ name, language }) => isOtherLanguage(name, language)),
  weak('too-long', ({ name }) => isTooLong(name)),
] as const satisfies readonly Rule[];

/** What decided on a need; a good name's rule is where it comes from. */
export type NeedRule = (typeof RULES)[number]['id'] | NameSource;

export interface AltNeed {
  need: Need;
  rule: NeedRule;
}

/** Does the image need a text, and which rule says so? */
export function altTextNeed(facts: AltFacts): AltNeed {
  const rule = RULES.find(({ applies }) => applies(facts));
  return rule === undefined
    ? { need: 'named', rule: facts.nameFrom ?? 'title' }
    : { need: rule.need, rule: rule.id };
}

/** Weak texts that say nothing of the picture, so that nothing of the author's is lost without them. */
const WORDLESS: ReadonlySet<NeedRule> = new Set([
  'symbols-only',
  'address',
  'camera-name',
  'file-name',
  'generic-word',
]);

/** Which author texts may give way: none, those without words, or, by a person's own press, every weak one. */
export type Replaceable = 'missing' | 'missing-and-weak' | 'any-weak';

/** May a text that the person wants stand in for what is there? Good texts and `alt=""` never give way. */
export function mayBeReplaced({ need, rule }: AltNeed, mode: Replaceable): boolean {
  if (need === 'missing') return true;
  if (need !== 'weak' || mode === 'missing') return false;
  return mode === 'any-weak' || WORDLESS.has(rule);
}
