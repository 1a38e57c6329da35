import type { Failure } from '../core/errors';
import { insteadAnswer } from '../core/own-models/instead';
import { saidOfImage, type ReportImage } from '../core/report/page-report';
import { snake } from '../core/message-key';
import type { Language } from '../core/saying/languages';
import type { Say } from './say';
import { silenceHeadline, silenceText } from './silence-text';

/** An image of a report as lists show it. */
export interface ImageView {
  headline: string;
  /** Of a label; null for text of the interface. */
  headlineLanguage: Language | null;
  /** Of what the headline says, 0-1; null where it says nothing of the picture. */
  probability: number | null;
  /** Why it has no label, or nothing is said; empty where there is nothing to explain. */
  note: string;
  tone: 'said' | 'silent' | 'left' | 'failed';
}

/** @param explain what happened and what to do about a failure (`failureText` of platform/i18n) */
export function imageView(
  image: ReportImage,
  say: Say,
  explain: (failure: Failure) => { what: string; remedy: string },
): ImageView {
  const bare = { headlineLanguage: null, probability: null } as const;
  switch (image.state) {
    case 'pending': {
      const note = say(snake(`report_pending_${image.reason}`));
      return { ...bare, headline: say('report_state_pending'), note, tone: 'left' };
    }
    case 'skipped': {
      const note = say(snake(`skip_${image.reason}`));
      return { ...bare, headline: say('report_state_skipped'), note, tone: 'left' };
    }
    case 'failed': {
      const { what, remedy } = explain({ code: image.reason, message: '' });
      return { ...bare, headline: what, note: remedy, tone: 'failed' };
    }
    case 'labelled': {
      const { prediction } = image;
      const said = saidOfImage(image);
      const note = silenceText({ ...image, two: prediction.two }, say);
      if (said === null) {
        const headline = silenceHeadline({ ...image, own: prediction.own }, say);
        const instead = insteadAnswer(prediction);
        if (instead === null) return { ...bare, headline, note, tone: 'silent' };
        return { ...bare, headline, probability: instead.probability, note, tone: 'said' };
      }
      const { label, probability } = said;
      return {
        headline: label,
        headlineLanguage: prediction.lang,
        probability,
        note,
        tone: 'said',
      };
    }
  }
}

/** What the image is called in a list: what is said of it, else its file or its place. */
export function imageTitle(image: ReportImage, view: ImageView): string {
  if (view.headlineLanguage !== null) return view.headline;
  return fileNameOf(image.address) || placeOf(image.selector);
}

/** The end of a selector, which tells more than its beginning. */
export function placeOf(selector: string): string {
  return selector.split(' > ').slice(-2).join(' > ');
}

/** What a purpose is asked for with; empty where what the image shows is what its text says. */
export function purposeQuestion({ purpose }: ReportImage, say: Say): string {
  if (purpose === null) return '';
  const { control, target } = purpose;
  if (control === 'link') return say('report_ask_link', target ?? '–');
  return target === null ? say('report_ask_button') : say('report_ask_action', target);
}

/**
 * The accessible name of an image's row: everything that a person decides by, what is seen first.
 * @param number its place in the report, from 1
 * @param seen the words of the row itself
 * @param suggestion the text that is offered or was decided on; empty where there is none
 */
export function rowName(
  image: ReportImage,
  number: string,
  seen: string,
  suggestion: string,
  say: Say,
): string {
  const { need, name, mismatch } = image;
  return [
    say('report_image_name', number, seen),
    need === null ? '' : say(`report_filter_${need}`),
    mismatch === null ? '' : say('report_filter_mismatch'),
    name === '' ? '' : say('popup_image_current', name),
    suggestion === ''
      ? purposeQuestion(image, say) || say('report_no_suggestion')
      : say('report_suggestion', suggestion),
  ]
    .filter(Boolean)
    .map(asSentence)
    .join(' ');
}

/** Listeners hear a pause between sentences. */
function asSentence(words: string): string {
  return /[.!?。？！।]$/u.test(words) ? words : `${words}.`;
}

/** The last part of an image's address, for people; empty where it has none that says something. */
export function fileNameOf(address: string | null): string {
  const url = address === null ? null : URL.parse(address);
  if (url === null || !/^(https?|file):$/.test(url.protocol)) return '';
  const name = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
