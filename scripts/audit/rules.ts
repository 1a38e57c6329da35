/** What a finding is called, how grave it is, and which success criterion of WCAG 2.2 it falls under. */
import type { NeedRule } from '../../src/core/alt-text/alt-need';
import type { TextSource } from '../../src/core/alt-text/page-texts';
import type { ErrorCode } from '../../src/core/errors';
import english from '../../src/_locales/en/messages.json' with { type: 'json' };

/** `missing`, `weak` and `mismatch` are the page report's own; a `question` is for a person to answer. */
export const FINDING_KINDS = ['missing', 'weak', 'mismatch', 'question'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Rules that the audit adds to those of the page report. */
export const AUDIT_RULES = [
  'may-not-match',
  'run-of-same-text',
  'keyword-list',
  'ends-in-image',
  'other-text-elsewhere',
  'looks-decorative',
  'looks-meaningful',
] as const;
export type AuditRule = (typeof AUDIT_RULES)[number];
export type FindingRule = NeedRule | AuditRule;

export interface RuleFacts {
  /** One sentence on what is wrong, or asked. */
  text: string;
  /** Success criteria of WCAG 2.2, like `1.1.1`. */
  criteria: readonly string[];
  /** W3C techniques and failures, like `F65`. */
  techniques: readonly string[];
}

const OWN_TEXTS: Readonly<Record<AuditRule, string>> = {
  'may-not-match': 'Its text names a thing that the picture clearly does not show.',
  'run-of-same-text': 'The images next to it have the same text, so it is heard again and again.',
  'keyword-list': 'Its text is a list of search words rather than a description.',
  'ends-in-image': 'Its text ends by saying that it is an image; that is announced anyway.',
  'other-text-elsewhere': 'The same picture has another text elsewhere: should they be the same?',
  'looks-decorative':
    'It is so small that it may be decoration: is its text worth hearing? If not, leave alt empty.',
  'looks-meaningful':
    'Its empty alt text says that it is decoration, but it is a large photo: does it tell something?',
};

const NON_TEXT = '1.1.1';

/** Criteria and techniques where they are not the common ones. */
const REFERENCES: Readonly<Partial<Record<string, Omit<RuleFacts, 'text'>>>> = {
  'no-alt': { criteria: [NON_TEXT], techniques: ['F65', 'H37'] },
  'no-name': { criteria: [NON_TEXT], techniques: ['F65', 'ARIA6', 'ARIA10', 'H53'] },
  'blank-alt': { criteria: [NON_TEXT], techniques: ['F65'] },
  'no-link-purpose': { criteria: [NON_TEXT, '2.4.4', '4.1.2'], techniques: ['F89', 'H30'] },
  'no-button-purpose': { criteria: [NON_TEXT, '4.1.2'], techniques: ['H36'] },
  'symbols-only': { criteria: [NON_TEXT], techniques: ['F30'] },
  address: { criteria: [NON_TEXT], techniques: ['F30'] },
  'camera-name': { criteria: [NON_TEXT], techniques: ['F30'] },
  'file-name': { criteria: [NON_TEXT], techniques: ['F30'] },
  'generic-word': { criteria: [NON_TEXT], techniques: ['F30'] },
  'repeats-link': { criteria: [NON_TEXT], techniques: ['H2'] },
  'other-language': { criteria: ['3.1.2'], techniques: ['H58'] },
  'too-long': { criteria: [NON_TEXT], techniques: ['G92'] },
  'may-not-match': { criteria: [NON_TEXT], techniques: ['F20', 'G94'] },
  'looks-meaningful': { criteria: [NON_TEXT], techniques: ['F38', 'F39'] },
  'looks-decorative': { criteria: [NON_TEXT], techniques: ['H67', 'F39'] },
};
const COMMON: Omit<RuleFacts, 'text'> = { criteria: [NON_TEXT], techniques: ['G94'] };

const messages: Readonly<Record<string, { message: string }>> = english;

function isAuditRule(rule: FindingRule): rule is AuditRule {
  return AUDIT_RULES.some((own) => own === rule);
}

/** Where the page's own words for a picture stand. */
export const PAGE_TEXT_PLACES: Readonly<Record<TextSource, string>> = {
  caption: 'its caption',
  heading: 'the heading beside it',
  link: 'its link',
  fileName: 'its file name',
};

/** What went wrong with a picture, in a sentence. */
export function failureText(code: ErrorCode): string {
  return messages[`error_${code.replaceAll('-', '_')}`]?.message ?? code;
}

/** What a rule says, and where the standards say it. */
export function ruleFacts(rule: FindingRule): RuleFacts {
  const text = isAuditRule(rule)
    ? OWN_TEXTS[rule]
    : (messages[`need_rule_${rule.replaceAll('-', '_')}`]?.message ?? rule);
  return { text, ...(REFERENCES[rule] ?? COMMON) };
}

/** Of the success criteria that rules name, where the W3C explains them. */
const CRITERION_PAGES: Readonly<Partial<Record<string, string>>> = {
  '1.1.1': 'non-text-content',
  '2.4.4': 'link-purpose-in-context',
  '3.1.2': 'language-of-parts',
  '4.1.2': 'name-role-value',
};
/** By a technique's letters. */
const TECHNIQUE_FOLDERS: Readonly<Partial<Record<string, string>>> = {
  ...{ F: 'failures', G: 'general', H: 'html', ARIA: 'aria' },
};

/** Where the W3C explains a success criterion; null where we do not know. */
export function criterionAddress(criterion: string): string | null {
  const page = CRITERION_PAGES[criterion];
  return page === undefined ? null : `https://www.w3.org/WAI/WCAG22/Understanding/${page}`;
}

/** Where the W3C shows a technique or failure; null where we do not know. */
export function techniqueAddress(technique: string): string | null {
  const folder = TECHNIQUE_FOLDERS[technique.replace(/\d+$/, '')];
  return folder === undefined
    ? null
    : `https://www.w3.org/WAI/WCAG22/Techniques/${folder}/${technique}`;
}
