import type { PageState } from '../messages/protocol';
import { wholeNumber } from '../ui/format';
import type { Say } from '../ui/say';

/** What can be done about the page's labelling now. */
export type PageAction =
  'label' | 'stop' | 'remove' | 'pause' | 'resume' | 'look-all' | 'look-stop';

/** A page's state as a person reads it. */
export interface PageView {
  headline: string;
  explanation: string;
  action: Exclude<PageAction, 'look-all'> | null;
  /** Images done, of those on screen or near it; null where nothing is under way. */
  progress: { done: number; of: number } | null;
  /** So many images there are to look at, where some are out of view and wait for the person; else null. */
  all: number | null;
}

/** The page's address belongs to the browser itself, a file on this computer, or a site closed to extensions. */
function whyNotAvailable(address: string | undefined, say: Say): string {
  if (address?.startsWith('file:')) return say('popup_page_file');
  return say('popup_page_closed');
}

function pausedHeadline(until: PageState['pausedUntil'], say: Say, language: string): string {
  if (typeof until !== 'number') return say('popup_page_paused_restart');
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(until);
  return say('popup_page_paused_until', time);
}

function labelledView(state: PageState, say: Say, language: string): PageView {
  const { found, pending, labelled, skipped, failed, far, wanted } = state.progress;
  const isOnce = state.siteRule === 'default' && !state.labelAllSites;
  const done = labelled + failed;
  const all = far > 0 && wanted === 0 ? found - skipped : null;
  const number = (value: number) => wholeNumber(value, language);
  if (pending > 0) {
    return {
      headline: say('popup_page_labelling', number(done), number(done + pending)),
      explanation: '',
      // What was begun last ends first. Where a rule wants the labels, stopping would not last: pausing does.
      action: wanted > 0 ? 'look-stop' : isOnce ? 'stop' : 'pause',
      progress: { done, of: done + pending },
      all,
    };
  }
  return {
    headline: say(found === 0 ? 'popup_page_no_images' : 'popup_page_labelled', number(labelled)),
    explanation: say('popup_page_follows'),
    action: isOnce ? 'remove' : 'pause',
    progress: null,
    all,
  };
}

/**
 * What the popup says of the page in front, and the one action that matters now.
 * @param address the page's address, where it may be known
 * @param language BCP 47 tag for numbers and times
 */
export function pageView(
  state: PageState,
  address: string | undefined,
  say: Say,
  language: string,
): PageView {
  const still = { explanation: '', progress: null, all: null };
  switch (state.labelling) {
    case 'on':
      return labelledView(state, say, language);
    case 'paused':
      return {
        ...still,
        headline: pausedHeadline(state.pausedUntil, say, language),
        action: 'resume',
      };
    case 'never-here':
      return {
        ...still,
        headline: say('popup_page_never'),
        explanation: say('popup_page_never_explanation'),
        action: 'label',
      };
    case 'not-available':
      return {
        ...still,
        headline: say('popup_page_not_available'),
        explanation: whyNotAvailable(address, say),
        action: null,
      };
    case 'off': {
      const wantsAccess = state.siteRule === 'always' || state.labelAllSites;
      return {
        ...still,
        headline: say('popup_page_off'),
        explanation: say(wantsAccess ? 'popup_page_no_access' : 'popup_page_off_explanation'),
        action: 'label',
      };
    }
  }
}

export const SITE_CHOICES = ['once', 'always', 'everywhere', 'never'] as const;
export type SiteChoice = (typeof SITE_CHOICES)[number];

/** What holds on this site: its own rule goes before the one for all. */
export function siteChoice({ siteRule, labelAllSites }: PageState): SiteChoice {
  if (siteRule !== 'default') return siteRule;
  return labelAllSites ? 'everywhere' : 'once';
}
