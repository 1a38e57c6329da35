import type { Failure } from '../core/errors';
import { isErrorCode } from '../core/errors';
import type { ReportImage } from '../core/report/page-report';
import { confidenceOf } from '../core/report/rows';
import type { Say } from './say';

/** An image of a report as lists show it. */
export interface ImageView {
  headline: string;
  /** Labels are English in every language of the interface: `en` there, null for localised text. */
  headlineLanguage: 'en' | null;
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
  const { state, reason, hint, prediction, silence } = image;
  const bare = { headlineLanguage: null, probability: null } as const;
  switch (state) {
    case 'pending':
      return { ...bare, headline: say('report_state_pending'), note: '', tone: 'left' };
    case 'skipped': {
      const note = reason === null ? '' : say(`skip_${reason.replaceAll('-', '_')}`);
      return { ...bare, headline: say('report_state_skipped'), note, tone: 'left' };
    }
    case 'failed': {
      const code = isErrorCode(reason) ? reason : 'internal';
      const { what, remedy } = explain({ code, message: '' });
      return { ...bare, headline: what, note: remedy, tone: 'failed' };
    }
    case 'labelled': {
      const said = hint ?? prediction?.guess ?? null;
      const note =
        hint === null ? say(`popup_silence_${(silence ?? 'unsure').replaceAll('-', '_')}`) : '';
      return said === null
        ? { ...bare, headline: say('popup_silent'), note, tone: 'silent' }
        : {
            headline: said.label,
            headlineLanguage: 'en',
            probability: confidenceOf(image),
            note,
            tone: hint === null ? 'silent' : 'said',
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
