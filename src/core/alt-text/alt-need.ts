/**
 * Does an image need a text for those who can't see it? Decided from facts alone, rule by rule; the
 * first that applies decides. `missing` and `decorative` are what axe-core's image-alt, input-image-alt,
 * svg-img-alt, role-img-alt, object-alt and area-alt see; `weak` follows the W3C techniques.
 */
import type { AltFacts, NameSource } from './alt-facts';
import { isImageRole, isNamelessRole, isPresentationRole } from './alt-need-roles';
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
import { isEmptyAlt, isPresentation, isUnnamedEmptyAlt } from './author-word';
import { saysNothing } from './says-nothing';
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
  const { kind, isFocusable, hasGlobalAria } = facts;
  // A presentation role that is taken back leaves the element's own. WAI-ARIA 1.2, 7.4.
  const role = isPresentationRole(facts.role) ? '' : facts.role;
  switch (kind) {
    case 'button':
      return true;
    case 'area':
      // Without a link it is nothing. HTML-AAM 1.0, `area`.
      return isFocusable || isImageRole(role);
    case 'img':
    case 'object':
      return isFocusable || !isNamelessRole(role);
    case 'svg':
      // Of what has no role, SVG-AAM 1.0 (5.1.2) includes what is focusable or has ARIA's attributes.
      if (role === '') return isFocusable || hasGlobalAria;
      return isImageRole(role) || role === 'graphics-symbol' || role === 'graphics-document';
    case 'other':
      return isImageRole(role);
  }
}

function isSame(text: string, other: string): boolean {
  const compared = comparable(text);
  return compared !== '' && compared === comparable(other);
}

/** At least so many words in a row are no chance: a name alone may well stand in the text beside its picture. */
const MIN_REPEATED_WORDS = 3;

/** Is the text said once more in what is around it? */
function isSaidIn(text: string, around: string): boolean {
  if (isSame(text, around)) return true;
  const compared = comparable(text);
  return (
    compared.split(' ').length >= MIN_REPEATED_WORDS &&
    ` ${comparable(around)} `.includes(` ${compared} `)
  );
}

const isUnnamed = ({ name }: AltFacts): boolean => name === '';

/** The author wants it unheard, or nobody hears it: what names the control around it is not in it. */
function isSilentIn(facts: AltFacts, control: AltFacts['control']): boolean {
  return facts.control === control && (isUnnamed(facts) || isPresentation(facts));
}

/** Words on a background are content, and what holds them is no image: nothing is to be said of a text for it. */
function isContent({ kind, role, hasWords }: AltFacts): boolean {
  return kind === 'other' && hasWords === true && !isImageRole(role);
}

const weak = <Id extends string>(id: Id, applies: Rule['applies']) =>
  ({ id, need: 'weak', applies }) as const;

/** In the order in which they are asked; the ids are stable, texts and reports go by them (`need_rule_<id with _>`). */
const RULES = [
  {
    // The control has no text at all then. W3C F89.
    id: 'empty-alt-in-control',
    need: 'missing',
    applies: (facts) => facts.control !== null && facts.kind === 'img' && isUnnamedEmptyAlt(facts),
  },
  {
    // Functional images are asked for where they lead or what they do. W3C H30, H24, F89.
    id: 'no-link-purpose',
    need: 'missing',
    applies: (facts) => isSilentIn(facts, 'link'),
  },
  {
    // W3C H36.
    id: 'no-button-purpose',
    need: 'missing',
    applies: (facts) => isSilentIn(facts, 'button'),
  },
  {
    // WAI-ARIA 1.2, 5.2.8.6: these roles need a name.
    id: 'no-control-name',
    need: 'missing',
    applies: (facts) => isSilentIn(facts, 'other'),
  },
  { id: 'hidden', need: 'decorative', applies: ({ isHidden }) => isHidden },
  { id: 'presentation-role', need: 'decorative', applies: isPresentation },
  {
    id: 'not-exposed',
    need: 'decorative',
    applies: (facts) => !isExposed(facts) && isUnnamed(facts),
  },
  {
    // The author meant to say something, or nothing: a blank says neither. W3C F65, axe's alt-space-value.
    // A name by ARIA goes before it. accname 2B, 2D.
    id: 'blank-alt',
    need: 'missing',
    applies: ({ kind, alt, nameFrom }) =>
      kind === 'img' &&
      alt !== null &&
      /^\s+$/u.test(alt) &&
      nameFrom !== 'aria-labelledby' &&
      nameFrom !== 'aria-label',
  },
  {
    // W3C H67.
    id: 'empty-alt',
    need: 'decorative',
    applies: isEmptyAlt,
  },
  {
    // HTML-AAM 1.0, `img` with an empty `alt`; WAI-ARIA 1.2, 7.4.
    id: 'empty-alt-exposed',
    need: 'missing',
    applies: isUnnamedEmptyAlt,
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
  weak(
    'repeats-text',
    ({ name, nameFrom, block }) => nameFrom === 'alt' && isSaidIn(name, block ?? ''),
  ),
  weak(
    'repeats-title',
    ({ name, nameFrom, tooltip }) => nameFrom === 'alt' && isSame(name, tooltip ?? ''),
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
  /** The text that is there: its accessible name, empty where there is none. */
  name: string;
}

/** Of what is no image, but has a picture behind its words, there is nothing to say. */
export interface NoVerdict {
  need: null;
  rule: null;
  name: string;
}

/** Does the image need a text, and which rule says so? */
export function altTextNeed(facts: AltFacts): AltNeed | NoVerdict {
  const { name } = facts;
  if (isContent(facts)) return { need: null, rule: null, name };
  const rule = RULES.find(({ applies }) => applies(facts));
  return rule === undefined
    ? { need: 'named', rule: facts.nameFrom ?? 'title', name }
    : { need: rule.need, rule: rule.id, name };
}

/** What is missing by these is missing beside a word of the author's, which stays. */
const AUTHORS_WORD: ReadonlySet<NeedRule | null> = new Set<NeedRule>([
  'empty-alt-in-control',
  'empty-alt-exposed',
]);

/** Which author texts may give way: none, those that say nothing to anyone, or, by a person's own press, every weak one. */
export type Replaceable = 'missing' | 'missing-and-weak' | 'any-weak';

/**
 * May a text that the person wants stand in for what is there? Good texts and `alt=""` never give way,
 * weak ones only where they can say nothing to anyone, whatever rule called them weak.
 */
export function mayBeReplaced(
  { need, rule, name }: AltNeed | NoVerdict,
  mode: Replaceable,
): boolean {
  if (need === 'missing') return !AUTHORS_WORD.has(rule);
  if (need !== 'weak' || mode === 'missing') return false;
  return mode === 'any-weak' || saysNothing(name);
}

/**
 * May a text be written on it at all? Only on what is heard as an image, and is no background of words; a
 * text on what its author keeps silent would make it heard.
 */
export function mayBeWritten(facts: AltFacts): boolean {
  const { kind, role, isHidden, hasWords } = facts;
  if (isHidden || isPresentation(facts) || !isExposed(facts)) return false;
  return kind !== 'other' || (isImageRole(role) && hasWords !== true);
}
