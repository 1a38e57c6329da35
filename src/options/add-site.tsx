import { useId, useState } from 'preact/hooks';

import { text } from '../platform/i18n';
import { siteOrigin } from './site-list';

interface AddSiteProps {
  onAdd: (origin: string, rule: 'always' | 'never') => void;
}

/** An address and what is to be done there. */
export function AddSite({ onAdd }: AddSiteProps) {
  const id = useId();
  const [written, setWritten] = useState('');
  const [rule, setRule] = useState<'always' | 'never'>('always');
  const [isWrong, setWrong] = useState(false);

  const add = () => {
    const origin = siteOrigin(written);
    setWrong(origin === null);
    if (origin === null) return;
    setWritten('');
    onAdd(origin, rule);
  };

  return (
    <form
      class="add-site"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label for={id}>{text('options_site_address')}</label>
      <div class="row">
        <input
          id={id}
          type="text"
          inputMode="url"
          name="site"
          placeholder="example.org"
          autocomplete="off"
          spellcheck={false}
          value={written}
          aria-invalid={isWrong}
          aria-describedby={`${id}-error`}
          onInput={({ currentTarget }) => {
            setWritten(currentTarget.value);
            setWrong(false);
          }}
        />
        <select
          name="rule"
          aria-label={text('options_site_rule')}
          value={rule}
          onChange={({ currentTarget }) => {
            setRule(currentTarget.value === 'never' ? 'never' : 'always');
          }}
        >
          <option value="always">{text('options_rule_always')}</option>
          <option value="never">{text('options_rule_never')}</option>
        </select>
        <button type="submit" class="button">
          {text('options_add')}
        </button>
      </div>
      <p id={`${id}-error`} class="wrong" role="alert">
        {isWrong ? text('options_site_wrong') : ''}
      </p>
    </form>
  );
}
