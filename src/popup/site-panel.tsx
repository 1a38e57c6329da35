import { ALL_SITES, hostPattern } from '../core/address/match-pattern';
import type { PageState } from '../messages/protocol';
import { askForAccess, handBackAccess } from '../platform/access';
import { text } from '../platform/i18n';
import { Fold } from './fold';
import { placeName } from './outcome-text';
import { SITE_CHOICES, siteChoice, type SiteChoice } from './page-text';
import { hasAllSites, useAccess } from './use-access';

const HOUR_MS = 3_600_000;

interface SitePanelProps {
  state: PageState & { origin: string };
  onChoose: (choice: SiteChoice) => void;
  /** What was chosen could not be had: access was refused. */
  onRefused: (before: SiteChoice) => void;
  onPause: (until: number | 'restart') => void;
  /** Access to these was handed back. */
  onHandedBack: (what: 'site' | 'all') => void;
  onProblem: (error: unknown) => void;
}

/** The access that a choice needs, as match patterns; none for most. */
function neededAccess(choice: SiteChoice, origin: string): readonly string[] {
  if (choice === 'everywhere') return ALL_SITES;
  const pattern = choice === 'always' ? hostPattern(origin) : null;
  return pattern === null ? [] : [pattern];
}

/** When this site is labelled, what access that needs, and the way to hand it back. */
export function SitePanel(props: SitePanelProps) {
  const { state, onChoose, onRefused, onPause, onHandedBack, onProblem } = props;
  const { origin } = state;
  const access = useAccess();
  const site = placeName(origin);
  const chosen = siteChoice(state);
  const pattern = hostPattern(origin);

  const choose = (choice: SiteChoice) => {
    const origins = neededAccess(choice, origin);
    if (origins.length > 0) {
      // The click allows the browser's question only if nothing is awaited before it.
      askForAccess(origins).then((isGranted) => {
        if (!isGranted) onRefused(chosen);
      }, onProblem);
    }
    // The question may close this popup: what was chosen is stored now, and holds with the access.
    onChoose(choice);
  };

  const handBack = (what: 'site' | 'all', origins: readonly string[]) => {
    handBackAccess(origins).then(() => {
      onHandedBack(what);
    }, onProblem);
  };

  return (
    <Fold name="site" title={text(`popup_site_now_${chosen}`, site)}>
      <div class="site-choices" role="group" aria-label={text('popup_site_title')}>
        {SITE_CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            class="site-choice"
            aria-pressed={choice === chosen}
            onClick={() => {
              choose(choice);
            }}
          >
            <b>{text(`popup_site_${choice}`, site)}</b>
            <span>{text(`popup_site_needs_${choice}`, site)}</span>
          </button>
        ))}
      </div>
      {access !== null && hasAllSites(access) && (
        <p class="site-access">
          <span>{text('popup_access_all')}</span>
          <button
            type="button"
            class="link"
            onClick={() => {
              handBack('all', ALL_SITES);
            }}
          >
            {text('popup_access_hand_back')}
          </button>
        </p>
      )}
      {access !== null && pattern !== null && access.includes(pattern) && (
        <p class="site-access">
          <span>{text('popup_access_site', site)}</span>
          <button
            type="button"
            class="link"
            onClick={() => {
              handBack('site', [pattern]);
            }}
          >
            {text('popup_access_hand_back')}
          </button>
        </p>
      )}
      {state.labelling !== 'paused' && (
        <p class="site-access">
          <span>{text('popup_pause')}</span>
          <button
            type="button"
            class="link"
            onClick={() => {
              onPause(Date.now() + HOUR_MS);
            }}
          >
            {text('popup_pause_hour')}
          </button>
          <button
            type="button"
            class="link"
            onClick={() => {
              onPause('restart');
            }}
          >
            {text('popup_pause_restart')}
          </button>
        </p>
      )}
    </Fold>
  );
}
