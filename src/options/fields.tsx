/** The few kinds of controls that the options are made of. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';

import { text } from '../platform/i18n';

interface SectionProps {
  /** Of the section, for links to it. */
  id: string;
  title: string;
  children: ComponentChildren;
}

export function Section({ id, title, children }: SectionProps) {
  return (
    <section id={id} class="section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

export interface Choice<Value extends string | number> {
  value: Value;
  label: string;
  note?: string;
}

interface ChoicesProps<Value extends string | number> {
  name: string;
  legend: ComponentChildren;
  note?: string;
  value: Value;
  choices: readonly Choice<Value>[];
  onChoose: (value: Value) => void;
}

/** One of a few, all of them seen. */
export function Choices<Value extends string | number>(props: ChoicesProps<Value>) {
  const { name, legend, note, value, choices, onChoose } = props;
  const noteId = useId();
  return (
    <fieldset class="field" aria-describedby={note === undefined ? undefined : noteId}>
      <legend>{legend}</legend>
      {note !== undefined && (
        <p id={noteId} class="quiet-text">
          {note}
        </p>
      )}
      {choices.map((choice) => (
        <label key={choice.value} class="option">
          <input
            type="radio"
            name={name}
            value={String(choice.value)}
            checked={choice.value === value}
            onChange={() => {
              onChoose(choice.value);
            }}
          />
          <span>
            {choice.label}
            {choice.note !== undefined && <span class="quiet-text">{choice.note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface CheckboxProps {
  name: string;
  label: ComponentChildren;
  note?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Checkbox({ name, label, note, checked, onChange }: CheckboxProps) {
  return (
    <label class="option">
      <input
        type="checkbox"
        name={name}
        checked={checked}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.checked);
          // What is stored decides: where the change is refused, the box goes back.
          currentTarget.checked = checked;
        }}
      />
      <span>
        {label}
        {note !== undefined && <span class="quiet-text">{note}</span>}
      </span>
    </label>
  );
}

interface SelectProps<T extends string> {
  name: string;
  label: string;
  note: string;
  value: T;
  choices: readonly { value: T; label: string; lang?: string | undefined }[];
  onChoose: (value: T) => void;
}

/** One of many. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { name, label, note, value, choices, onChoose } = props;
  const id = useId();
  return (
    <div class="field">
      <label class="field-name" for={id}>
        {label}
      </label>
      <p id={`${id}-note`} class="quiet-text">
        {note}
      </p>
      <div class="row">
        <select
          id={id}
          name={name}
          aria-describedby={`${id}-note`}
          value={value}
          onChange={({ currentTarget }) => {
            const chosen = choices.find((choice) => choice.value === currentTarget.value);
            if (chosen !== undefined) onChoose(chosen.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} lang={choice.lang}>
              {choice.label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

interface NumberFieldProps {
  name: string;
  label: string;
  note: string;
  unit: string;
  value: number;
  minimum: number;
  maximum: number;
  onChange: (value: number) => void;
}

/** A whole number between bounds; one outside is named and not stored. */
export function NumberField(props: NumberFieldProps) {
  const { name, label, note, unit, value, minimum, maximum, onChange } = props;
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  const format = new Intl.NumberFormat(text('popup_language'));
  return (
    <div class="field">
      <label class="field-name" for={id}>
        {label}
      </label>
      <p id={`${id}-note`} class="quiet-text">
        {note}
      </p>
      <p class="number">
        <input
          id={id}
          type="number"
          name={name}
          min={minimum}
          max={maximum}
          step={1}
          required
          value={value}
          aria-describedby={`${id}-note ${id}-error`}
          aria-invalid={isWrong}
          onChange={({ currentTarget }) => {
            const isRight = currentTarget.validity.valid;
            setWrong(!isRight);
            if (isRight) onChange(currentTarget.valueAsNumber);
          }}
        />{' '}
        {unit}
      </p>
      <p id={`${id}-error`} class="wrong" role="alert">
        {isWrong
          ? text('options_number_wrong', format.format(minimum), format.format(maximum))
          : ''}
      </p>
    </div>
  );
}

interface FileButtonProps {
  name: string;
  label: string;
  onFile: (content: string) => void;
}

/** Asks for a file and hands its text over. */
export function FileButton({ name, label, onFile }: FileButtonProps) {
  return (
    <label class="button">
      {label}
      <input
        type="file"
        name={name}
        class="listeners-only"
        accept="application/json,.json"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // So that the same file, mended, can be chosen again.
          void file?.text().then((content) => {
            currentTarget.value = '';
            onFile(content);
          });
        }}
      />
    </label>
  );
}
