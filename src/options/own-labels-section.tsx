import { useCallback, useEffect, useId, useState } from 'preact/hooks';

import { type Failure, toFailure } from '../core/errors';
import type { Settings } from '../core/settings/settings';
import { MAX_OWN_NAME } from '../core/teaching/own-label';
import { askWorker } from '../messages/client';
import type { OwnLabelState } from '../messages/protocol';
import { failureText, text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { CrossIcon, NoPictureIcon } from '../ui/drawings';
import { saveFile } from '../ui/save-file';
import { droppedFiles } from './dropped-files';
import { Checkbox, FileButton, Section } from './fields';
import type { Changes } from './live-settings';
import { RenameForm } from './rename-form';

const format = new Intl.NumberFormat(text('popup_language'));

interface OwnLabelsSectionProps {
  title: string;
  settings: Settings;
  onChange: (changes: Changes) => void;
}

/** What the person taught: to look at, rename, turn off, delete, and take along. */
export function OwnLabelsSection({ title, settings, onChange }: OwnLabelsSectionProps) {
  const [labels, setLabels] = useState<OwnLabelState[] | null>(null);
  const [deleted, setDeleted] = useState<{ name: string; file: string } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const announce = useAnnounce();

  /** Does something, and shows what is there then. */
  const act = useCallback(async (does: () => Promise<unknown>) => {
    try {
      await does();
      setFailure(null);
    } catch (error) {
      setFailure(toFailure(error));
    }
    try {
      setLabels(await askWorker('getOwnLabels', {}));
    } catch (error) {
      setFailure(toFailure(error));
    }
  }, []);

  useEffect(() => {
    void act(() => Promise.resolve());
  }, [act]);

  const adopt = (file: string) =>
    act(async () => {
      const count = await askWorker('adoptOwnLabels', { file });
      announce(text('options_own_added', format.format(count)));
    });
  const forget = ({ id, name }: OwnLabelState) =>
    act(async () => {
      setDeleted({ name, file: await askWorker('forgetOwnLabels', { ids: [id] }) });
      announce(text('options_own_deleted', name));
    });
  const bringBack = (file: string) =>
    act(async () => {
      await askWorker('adoptOwnLabels', { file });
      setDeleted(null);
      announce(text('options_own_restored'));
    });
  const exportAll = () =>
    act(async () => {
      const file = await askWorker('exportOwnLabels', {});
      saveFile('alt-lens-labels.json', 'application/json', file);
    });

  const exportModel = () =>
    act(async () => {
      const none = text('options_own_none_of_these');
      const zip = await askWorker('exportLabelModel', { none });
      saveFile('alt-lens-labels.zip', 'application/zip', zip);
    });

  const trouble = failure === null ? null : failureText(failure);
  return (
    <Section id="own" title={title}>
      <div class="field">
        <p class="quiet-text">{text('options_own_note')}</p>
        {labels === null && <p>{text('options_loading')}</p>}
        {labels?.length === 0 && <p>{text('options_own_none')}</p>}
        {labels !== null && labels.length > 0 && (
          <ul class="own-labels">
            {labels.map((label) => (
              <OwnLabelRow
                key={label.id}
                label={label}
                onAct={(does) => void act(does)}
                onForget={() => void forget(label)}
              />
            ))}
          </ul>
        )}
        {deleted !== null && (
          <div class="row">
            <p>{text('options_own_deleted', deleted.name)}</p>
            <button
              type="button"
              class="button"
              // In the place of the button that went away with the click.
              ref={(button) => button?.focus()}
              onClick={() => void bringBack(deleted.file)}
            >
              {text('options_undo')}
            </button>
          </div>
        )}
        {trouble !== null && (
          <p class="wrong" role="alert">
            {trouble.what} {trouble.remedy}
          </p>
        )}
        <div class="row">
          <button type="button" class="button" onClick={() => void exportAll()}>
            {text('options_own_export')}
          </button>
          <button type="button" class="button" onClick={() => void exportModel()}>
            {text('options_own_export_model')}
          </button>
          <FileButton
            name="importOwn"
            label={text('options_own_import')}
            onFile={(file) => void adopt(file)}
          />
        </div>
      </div>
      <AddImages onAct={act} />
      <Checkbox
        name="keepOwnPictures"
        label={text('options_setting_keepOwnPictures')}
        checked={settings.keepOwnPictures}
        onChange={(keepOwnPictures) => {
          onChange({ keepOwnPictures });
          if (!keepOwnPictures) void act(() => askWorker('forgetOwnThumbnails', {}));
        }}
      />
    </Section>
  );
}

type Act = (does: () => Promise<unknown>) => void;

interface OwnLabelRowProps {
  label: OwnLabelState;
  onAct: Act;
  onForget: () => void;
}

/** One label: its name, how well it is told, and its examples. */
function OwnLabelRow({ label, onAct, onForget }: OwnLabelRowProps) {
  const { id, name, isOn, examples, found, of, called, tried } = label;
  const numbers = [found, of, called, tried].map((number) => format.format(number));
  return (
    <li>
      <RenameForm
        label={text('teach_field')}
        note={text('options_own_same')}
        name={name}
        onRename={(written) => {
          onAct(() => askWorker('changeOwnLabel', { id, name: written }));
        }}
      />
      <p class="quiet-text">
        {of < 2 ? text('options_own_copies') : text('options_own_found', ...numbers)}
      </p>
      <ul class="own-examples">
        {examples.map((example, place) => {
          const which = text('options_own_example', format.format(place + 1));
          return (
            <li key={example.id}>
              <span class="thumbnail" title={example.page}>
                {example.thumbnail === null ? (
                  <NoPictureIcon />
                ) : (
                  <img src={example.thumbnail} alt={which} />
                )}
              </span>
              <button
                type="button"
                class="button icon"
                aria-label={text('options_remove', which)}
                title={text('options_remove', which)}
                onClick={() => {
                  onAct(() => askWorker('forgetOwnExample', { example: example.id }));
                }}
              >
                <CrossIcon />
              </button>
            </li>
          );
        })}
      </ul>
      <div class="row">
        <label>
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ currentTarget }) => {
              const { checked } = currentTarget;
              onAct(() => askWorker('changeOwnLabel', { id, isOn: checked }));
            }}
          />{' '}
          {text('options_own_on')}
        </label>
        <button
          type="button"
          class="button danger"
          aria-label={`${text('options_own_delete')}: ${name}`}
          onClick={onForget}
        >
          {text('options_own_delete')}
        </button>
      </div>
    </li>
  );
}

/** Pictures of the person's own as examples of one name: several files, or all of a folder. */
function AddImages({ onAct }: { onAct: (does: () => Promise<unknown>) => Promise<void> }) {
  const id = useId();
  const [name, setName] = useState('');
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const announce = useAnnounce();
  const isNamed = name.trim() !== '';

  const add = (files: readonly File[]) => {
    const pictures = files.filter(({ type }) => type.startsWith('image/'));
    if (!isNamed || isBusy || pictures.length === 0) return;
    setBusy(true);
    void onAct(async () => {
      let count = 0;
      try {
        for (const file of pictures) {
          await askWorker('teachFile', { bytes: await file.arrayBuffer(), name: name.trim() });
          count += 1;
        }
      } finally {
        setBusy(false);
        announce(text('options_own_added', format.format(count)));
      }
    });
  };

  return (
    <div
      class={isOver ? 'field own-drop over' : 'field own-drop'}
      aria-busy={isBusy}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then((found) => {
          add(found.map(({ file }) => file));
        });
      }}
    >
      <label class="field-name" for={id}>
        {text('teach_field')}
      </label>
      <div class="row">
        <input
          id={id}
          type="text"
          name="ownName"
          autocomplete="off"
          maxLength={MAX_OWN_NAME}
          value={name}
          onInput={({ currentTarget }) => {
            setName(currentTarget.value);
          }}
        />
        <label class="button">
          {text('options_own_files')}
          <input
            type="file"
            name="ownFiles"
            class="listeners-only"
            accept="image/*"
            multiple
            disabled={!isNamed || isBusy}
            onChange={({ currentTarget }) => {
              add([...(currentTarget.files ?? [])]);
              currentTarget.value = '';
            }}
          />
        </label>
      </div>
    </div>
  );
}
