/** From pages to findings: the same picture with the same fault on many pages is one, with its places. */
import { createHash } from 'node:crypto';

import type { TextSource } from '../../src/core/alt-text/page-texts';
import type { ErrorCode } from '../../src/core/errors';
import { mapPictures } from '../../src/core/report/picture-map';

import { questionsOf } from './questions';
import type { AuditedImage, PageAudit } from './page-audit';
import {
  failureText,
  type FindingKind,
  type FindingRule,
  type RuleFacts,
  ruleFacts,
} from './rules';

export interface FindingPlace {
  page: string;
  /** Finds the element in its root. */
  selector: string;
  /** 0 is the page itself. */
  frameId: number;
  /** Where the link leads, or what the button acts on, that the picture is all of; null where it is not, or where that is not told. */
  leadsTo: string | null;
}

export interface Finding extends RuleFacts {
  /** The same for the same picture with the same fault, run after run. */
  fingerprint: string;
  kind: FindingKind;
  rule: FindingRule;
  /** The accessible name as it is; empty where there is none. */
  current: string;
  /** Of the model: to be read by a person before it is used. Null where the model is not sure. */
  suggestion: { text: string; probability: number; origin: 'model' } | null;
  /** Of the page: its own words beside the picture, where they agree with the model. */
  pageSuggestion: { text: string; origin: 'page'; from: TextSource } | null;
  /** Null where it has none, like a canvas. */
  address: string | null;
  width: number;
  height: number;
  /** Why the picture was looked at nowhere; null where it was, or where that was not tried. */
  notSeen: { code: ErrorCode; text: string } | null;
  /** A `data:` URL, or null where none could be made. */
  thumbnail: string | null;
  places: FindingPlace[];
}

/** An inline picture's address is as long as the picture. */
function identity(address: string): string {
  if (!address.startsWith('data:')) return address;
  return `data:${createHash('sha256').update(address).digest('hex').slice(0, 16)}`;
}

function rulesOf(image: AuditedImage, asked: readonly FindingRule[]): [FindingKind, FindingRule][] {
  const found: [FindingKind, FindingRule][] = [];
  const { need, rule, mismatch } = image;
  if ((need === 'missing' || need === 'weak') && rule !== null) found.push([need, rule]);
  if (mismatch !== null) found.push(['mismatch', 'may-not-match']);
  for (const each of asked) found.push(['question', each]);
  return found;
}

type Suggestions = Pick<Finding, 'suggestion' | 'pageSuggestion'>;

/** A functional image is asked for where it leads or what it does: what it shows is no text for it. */
function suggestionsOf({ hint, draft, pageDraft }: AuditedImage, rule: FindingRule): Suggestions {
  const isFunctional = rule === 'no-link-purpose' || rule === 'no-button-purpose';
  return {
    suggestion:
      isFunctional || hint === null || draft === null
        ? null
        : { text: draft, probability: hint.probability, origin: 'model' },
    pageSuggestion:
      isFunctional || pageDraft === undefined ? null : { origin: 'page', ...pageDraft },
  };
}

function notSeenOf({ state, reason }: AuditedImage): Finding['notSeen'] {
  return state === 'failed' ? { code: reason, text: failureText(reason) } : null;
}

/** Of all pages together: an image of a picture that has another text elsewhere. */
function imagesWithOtherTexts(pages: readonly PageAudit[]): ReadonlySet<AuditedImage> {
  const images = pages.flatMap((page) => (page.status === 'audited' ? page.images : []));
  const known = new Set<unknown>(mapPictures(images).otherTexts.flat());
  return new Set(images.filter((image) => known.has(image)));
}

/** All findings of these pages, gravest kinds first as they were met. */
export function findingsOf(pages: readonly PageAudit[]): Finding[] {
  const findings = new Map<string, Finding>();
  const otherTexts = imagesWithOtherTexts(pages);
  for (const page of pages) {
    if (page.status === 'failed') continue;
    const asked = questionsOf(page.images);
    page.images.forEach((image, index) => {
      const { selector, frameId, address, name: current, width, height, thumbnail } = image;
      const leadsTo = image.purpose?.target ?? null;
      const place = { page: page.finalUrl, selector, frameId, leadsTo };
      const questions = asked[index] ?? [];
      if (otherTexts.has(image)) questions.push('other-text-elsewhere');
      for (const [kind, rule] of rulesOf(image, questions)) {
        // Without an address a picture is its place.
        const picture = address === null ? `${page.finalUrl} ${selector}` : identity(address);
        const fingerprinted = JSON.stringify([rule, picture, current]);
        // One picture may lie at many addresses. What was not looked at is told by its address alone.
        const key = JSON.stringify([rule, image.prediction?.picture ?? picture, current]);
        const known = findings.get(key);
        if (known !== undefined) {
          known.places.push(place);
          known.thumbnail ??= thumbnail;
          if (image.state === 'labelled') known.notSeen = null;
          const { suggestion, pageSuggestion } = suggestionsOf(image, rule);
          known.suggestion ??= suggestion;
          known.pageSuggestion ??= pageSuggestion;
          continue;
        }
        findings.set(key, {
          ...{ kind, rule, current, address, width, height, thumbnail },
          ...ruleFacts(rule),
          fingerprint: createHash('sha256').update(fingerprinted).digest('hex').slice(0, 20),
          ...suggestionsOf(image, rule),
          notSeen: notSeenOf(image),
          places: [place],
        });
      }
    });
  }
  return [...findings.values()];
}
