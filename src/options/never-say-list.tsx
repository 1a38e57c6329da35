import { useId, useRef, useState } from 'preact/hooks';

import { text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { CrossIcon } from '../ui/drawings';
import type { LabelNames } from './label-names';

interface NeverSayListProps {
  denied: readonly string[];
  names: LabelNames;
  onChange: (denied: string[]) => void;
}

/** The labels that the person does not want to be said, each with all that is below it. */
export function NeverSayList({ denied, names, onChange }: NeverSayListProps) {
  const { labels, nameOf, words } = names;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [written, setWritten] = useState('');
  const [isUnknown, setUnknown] = useState(false);
  const announce = useAnnounce();

  const add = () => {
    const label = names.find(written);
    setUnknown(label === undefined);
    if (label === undefined) return;
    setWritten('');
    if (!denied.includes(label.synset)) onChange([...denied, label.synset]);
    announce(text('options_never_say_added', label.name));
  };

  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label class="field-name" for={id}>
        {text('options_setting_deniedSynsets')}
      </label>
      <p id={`${id}-note`} class="quiet-text">
        {text('options_never_say_note')}
      </p>
      <div class="row">
        <input
          ref={input}
          id={id}
          type="text"
          name="deniedSynsets"
          lang={words.lang}
          list={`${id}-labels`}
          autocomplete="off"
          value={written}
          aria-describedby={`${id}-note ${id}-error`}
          aria-invalid={isUnknown}
          onInput={({ currentTarget }) => {
            setWritten(currentTarget.value);
            setUnknown(false);
          }}
        />
        <datalist id={`${id}-labels`}>
          {labels.map(({ synset, name, english }) => (
            // Browsers suggest by either.
            <option key={synset} value={name} label={english === name ? undefined : english} />
          ))}
        </datalist>
        <button type="submit" class="button">
          {text('options_add')}
        </button>
      </div>
      <p id={`${id}-error`} class="wrong" role="alert">
        {isUnknown ? text('options_never_say_unknown') : ''}
      </p>
      {denied.length > 0 && (
        <ul class="tokens" aria-label={text('options_setting_deniedSynsets')}>
          {denied.map((synset) => (
            <li key={synset}>
              <span lang={words.lang}>{nameOf(synset)}</span>
              <button
                type="button"
                class="button icon"
                aria-label={text('options_remove', nameOf(synset))}
                title={text('options_remove', nameOf(synset))}
                onClick={() => {
                  // The button goes away with the click: the focus stays near.
                  input.current?.focus();
                  onChange(denied.filter((each) => each !== synset));
                  announce(text('options_removed', nameOf(synset)));
                }}
              >
                <CrossIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
