import type { Failure } from '../core/errors';
import type { ReportImage } from '../core/report/page-report';
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
      const { hint, prediction } = image;
      const note = silenceText(image, say);
      if (hint === null) {
        return { ...bare, headline: silenceHeadline(image, say), note, tone: 'silent' };
      }
      const { label, probability } = hint;
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
