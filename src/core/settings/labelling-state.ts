/** Is a page to be labelled, and how? From what the person chose for its site, for all sites and for now. */
import { ALL_SITES, hostPattern } from '../address/match-pattern';
import { pageSettingsOf, type PageSettings } from './page-settings';
import type { Settings } from './settings';
import { ruleFor } from './site-rules';

export const INACTIVE_REASONS = ['off', 'paused', 'never-here', 'no-permission'] as const;

export interface InactiveState {
  active: false;
  reason: (typeof INACTIVE_REASONS)[number];
  /** `Date.now()` at which a pause ends by itself: the frame asks again then, for the worker may have stopped. */
  resumeAt: number | null;
}

export type ActiveState = { active: true } & PageSettings;

/** Is a frame to be labelled, and how? */
export type LabellingState = ActiveState | InactiveState;

/** Until when labelling is paused: a `Date.now()` time, `restart` (of the browser), or null. */
export type PausedUntil = number | 'restart' | null;

/** Nobody pauses for longer than a month: a later end would be one that never comes. */
const LONGEST_PAUSE_MS = 31 * 24 * 3_600_000;

/** May a pause end at this time? @param now `Date.now()` */
export function isPauseEnd(until: unknown, now: number): until is number {
  return (
    Number.isSafeInteger(until) && Number(until) >= 0 && Number(until) <= now + LONGEST_PAUSE_MS
  );
}

/** Does the browser let the extension into all pages that these match patterns mean? */
export type HasAccess = (patterns: readonly string[]) => Promise<boolean>;

export interface PageInQuestion {
  /** Null where it may not be known. */
  origin: string | null;
  /** The person asked for labels on this page alone. */
  once: boolean;
}

export function inactive(
  reason: InactiveState['reason'],
  resumeAt: number | null = null,
): InactiveState {
  return { active: false, reason, resumeAt };
}

export async function labellingState(
  settings: Settings,
  { origin, once }: PageInQuestion,
  pausedUntil: PausedUntil,
  hasAccess: HasAccess,
): Promise<LabellingState> {
  if (pausedUntil !== null) {
    return inactive('paused', pausedUntil === 'restart' ? null : pausedUntil);
  }
  const active = { active: true, ...pageSettingsOf(settings) } as const;
  if (once) return active;
  const rule = ruleFor(settings, origin);
  if (rule === 'never') return inactive('never-here');
  if (rule !== 'always' && !settings.labelAllSites) return inactive('off');
  const pattern = origin === null ? null : hostPattern(origin);
  return pattern !== null && (await hasAccess([pattern])) ? active : inactive('no-permission');
}

/** The match patterns of all pages that are to be labelled by themselves and may be. */
export async function labelledPatterns(
  settings: Settings,
  hasAccess: HasAccess,
): Promise<string[]> {
  if (settings.labelAllSites && (await hasAccess(ALL_SITES))) return [...ALL_SITES];
  const patterns = new Set<string>();
  for (const origin of settings.alwaysSites) {
    const pattern = hostPattern(origin);
    if (pattern !== null && (await hasAccess([pattern]))) patterns.add(pattern);
  }
  return [...patterns];
}
