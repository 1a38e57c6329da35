import { DENIED_REASONS } from '../core/saying/denied';
import { text } from '../platform/i18n';
import { ChevronIcon } from '../ui/drawings';
import { Checkbox } from './fields';
import type { LabelNames } from './label-names';

interface KeptBackListProps {
  allowed: readonly string[];
  names: LabelNames;
  onChange: (allowed: string[]) => void;
}

/** What Alt Lens keeps back by itself, with the reasons; each can be allowed. */
export function KeptBackList({ allowed, names, onChange }: KeptBackListProps) {
  const { keptBack, words } = names;
  const list = new Intl.ListFormat(words.lang, { type: 'conjunction' });
  return (
    <details class="field disclosure">
      <summary>
        {text('options_setting_allowedSynsets')}
        <ChevronIcon />
      </summary>
      <p class="quiet-text">{text('options_kept_back_note')}</p>
      {DENIED_REASONS.map((reason) => (
        <fieldset key={reason} class="group">
          <legend>{text(`options_kept_back_${reason}`)}</legend>
          {keptBack
            .filter((entry) => entry.reason === reason)
            .map(({ synset, names: below }) => (
              <Checkbox
                key={synset}
                name={synset}
                label={<span lang={words.lang}>{list.format(below)}</span>}
                checked={allowed.includes(synset)}
                onChange={(isAllowed) => {
                  const others = allowed.filter((each) => each !== synset);
                  onChange(isAllowed ? [...others, synset] : others);
                }}
              />
            ))}
        </fieldset>
      ))}
    </details>
  );
}
