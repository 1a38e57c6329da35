import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

import { text } from '../platform/i18n';

interface SettingsSearchProps {
  /** Holds the sections. */
  within: RefObject<HTMLElement | null>;
}

/** Does a text hold all these words, in any case? */
function holdsAll(words: readonly string[], found: string): boolean {
  const lower = found.toLocaleLowerCase();
  return words.every((word) => lower.includes(word));
}

/** Hides the settings that do not have all words of what is searched for, and sections without any that do. */
export function SettingsSearch({ within }: SettingsSearchProps) {
  const [search, setSearch] = useState('');
  const [isNothing, setNothing] = useState(false);
  useLayoutEffect(() => {
    const words = search.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
    let found = 0;
    for (const section of within.current?.querySelectorAll<HTMLElement>('.section') ?? []) {
      const isTitled = holdsAll(words, section.querySelector('h2')?.textContent ?? '');
      let shown = 0;
      for (const field of section.querySelectorAll<HTMLElement>('.field')) {
        field.hidden = !isTitled && !holdsAll(words, field.textContent);
        if (!field.hidden) shown += 1;
      }
      section.hidden = shown === 0 && !isTitled;
      found += shown;
    }
    setNothing(found === 0 && words.length > 0);
  }, [search, within]);
  return (
    <div role="search" class="settings-search">
      <input
        type="search"
        name="search"
        aria-label={text('options_search')}
        placeholder={text('options_search')}
        value={search}
        onInput={({ currentTarget }) => {
          setSearch(currentTarget.value);
        }}
      />
      <p role="status" class="quiet-text">
        {isNothing ? text('options_search_none') : ''}
      </p>
    </div>
  );
}
