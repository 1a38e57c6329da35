import { useId, useRef } from 'preact/hooks';

import { text } from '../platform/i18n';
import { typedAddress } from './fetch-address';

interface AddressFormProps {
  /** Called in the person's click or key press. */
  onAddress: (address: string) => void;
}

/** The address of a picture, typed or pasted. */
export function AddressForm({ onAddress }: AddressFormProps) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    <form
      class="try-address"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = input.current?.value.trim() ?? '';
        if (typed !== '') onAddress(typedAddress(typed));
      }}
    >
      <label for={id}>{text('popup_try_address')}</label>
      <div class="draft-editor">
        <input
          ref={input}
          id={id}
          name="address"
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          aria-describedby={`${id}-note`}
        />
        <button type="submit" class="button">
          {text('popup_try_address_go')}
        </button>
      </div>
      <p id={`${id}-note`} class="quiet-text">
        {text('popup_try_address_note')}
      </p>
    </form>
  );
}
