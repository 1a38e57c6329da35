import { Fragment } from 'preact';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';

import { type Failure, toFailure } from '../core/errors';
import { faultyFile, isModelFault } from '../core/own-models/fault';
import { MAX_MODEL_SITES, type ValueRange } from '../core/own-models/own-model';
import { askWorker } from '../messages/client';
import type { OwnModelState } from '../messages/protocol';
import { failureText, text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { backendName, kilobytes } from '../ui/format';
import { chosenFiles, droppedFiles, type PlacedFile } from './dropped-files';
import { Choices, Section } from './fields';
import { RenameForm } from './rename-form';
import { siteOrigin } from './site-list';

const format = new Intl.NumberFormat(text('popup_language'));

type Act = (does: () => Promise<unknown>) => Promise<void>;

/** Image classifiers that the person brought: to add, look at, rename, restrict to sites, turn off and delete. */
export function ModelsSection({ title }: { title: string }) {
  const [models, setModels] = useState<OwnModelState[] | null>(null);
  const [deleted, setDeleted] = useState<OwnModelState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const announce = useAnnounce();

  const show = useCallback(async () => {
    try {
      setModels(await askWorker('getOwnModels', {}));
    } catch (error) {
      setFailure(toFailure(error));
    }
  }, []);

  /** Does something, and shows what is there then. */
  const act: Act = async (does) => {
    try {
      await does();
      setFailure(null);
    } catch (error) {
      setFailure(toFailure(error));
    }
    await show();
  };

  useEffect(() => {
    void show();
  }, [show]);

  const forget = (model: OwnModelState) =>
    act(async () => {
      await askWorker('setOwnModelDeleted', { id: model.id, isDeleted: true });
      setDeleted(model);
      announce(text('options_own_deleted', model.name));
    });
  const bringBack = ({ id }: OwnModelState) =>
    act(async () => {
      await askWorker('setOwnModelDeleted', { id, isDeleted: false });
      setDeleted(null);
      announce(text('options_models_restored'));
    });

  return (
    <Section id="models" title={title}>
      <div class="field">
        <p class="quiet-text">{text('options_models_note')}</p>
        {models === null && <p>{text('options_loading')}</p>}
        {models?.length === 0 && <p>{text('options_models_none')}</p>}
        {models !== null && models.length > 0 && (
          <ul class="own-labels own-models">
            {models.map((model) => (
              <ModelRow
                key={model.id}
                model={model}
                onAct={act}
                onForget={() => void forget(model)}
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
              onClick={() => void bringBack(deleted)}
            >
              {text('options_undo')}
            </button>
          </div>
        )}
        {failure !== null && (
          <p class="wrong" role="alert" data-code={failure.code} title={failure.message}>
            {faultText(failure)}
          </p>
        )}
      </div>
      <AddModel onAct={act} />
    </Section>
  );
}

/** What is wrong, with the file at fault where there is one. */
function faultText(failure: Failure): string {
  const { what, remedy } = failureText(failure);
  if (!isModelFault(failure.code)) return `${what} ${remedy}`;
  return text('options_models_fault', faultyFile(failure), what);
}

interface ModelRowProps {
  model: OwnModelState;
  onAct: Act;
  onForget: () => void;
}

function ModelRow({ model, onAct, onForget }: ModelRowProps) {
  const { id, name, labels, input, bytes, isOn, backend } = model;
  const language = text('popup_language');
  const facts = [
    `${format.format(input.width)} × ${format.format(input.height)} px`,
    kilobytes(bytes, language),
    ...(backend === null ? [] : [backendName(backend, text)]),
  ];
  return (
    <li>
      <RenameForm
        label={text('options_models_name')}
        name={name}
        onRename={(written) => void onAct(() => askWorker('changeOwnModel', { id, name: written }))}
      />
      <p class="quiet-text">
        {text('options_models_labels', format.format(labels.length), shortList(labels))}
      </p>
      <p class="quiet-text">
        {facts.map((fact, place) => (
          <Fragment key={fact}>
            {place > 0 && ' · '}
            <bdi>{fact}</bdi>
          </Fragment>
        ))}
      </p>
      <ModelSites
        sites={model.sites}
        onChange={(sites) => void onAct(() => askWorker('changeOwnModel', { id, sites }))}
      />
      {model.sites.length > 0 && (
        <Choices<string>
          name={`modelWay-${id}`}
          legend={
            <>
              {text('options_models_way')}
              <span class="listeners-only"> ({name})</span>
            </>
          }
          value={String(model.isInstead)}
          choices={[
            { value: 'false', label: text('options_models_beside') },
            { value: 'true', label: text('options_models_instead') },
          ]}
          onChoose={(chosen) =>
            void onAct(() => askWorker('changeOwnModel', { id, isInstead: chosen === 'true' }))
          }
        />
      )}
      <div class="row">
        <label>
          <input
            type="checkbox"
            aria-label={`${text('options_models_on')}: ${name}`}
            checked={isOn}
            onChange={({ currentTarget }) => {
              const { checked } = currentTarget;
              void onAct(() => askWorker('changeOwnModel', { id, isOn: checked }));
            }}
          />{' '}
          {text('options_models_on')}
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

const MAX_LISTED = 12;

function shortList(labels: readonly string[]): string {
  const listed = labels.slice(0, MAX_LISTED).join(', ');
  return labels.length > MAX_LISTED ? `${listed}, …` : listed;
}

interface ModelSitesProps {
  sites: readonly string[];
  onChange: (sites: string[]) => void;
}

/** The sites that a model is for, one a line. */
function ModelSites({ sites, onChange }: ModelSitesProps) {
  const id = useId();
  const [isWrong, setWrong] = useState(false);
  return (
    <>
      <label class="quiet-text" for={id}>
        {text('options_models_sites')}
      </label>
      <textarea
        id={id}
        class="model-sites"
        dir="ltr"
        rows={2}
        spellcheck={false}
        aria-invalid={isWrong}
        aria-describedby={`${id}-error`}
        value={sites.join('\n')}
        onChange={({ currentTarget }) => {
          const lines = currentTarget.value.split('\n').filter((line) => line.trim() !== '');
          const origins = lines.flatMap((line) => siteOrigin(line) ?? []);
          const isRight = origins.length === lines.length && lines.length <= MAX_MODEL_SITES;
          setWrong(!isRight);
          if (isRight) onChange([...new Set(origins)]);
        }}
      />
      <p id={`${id}-error`} class="wrong" role="alert">
        {isWrong ? text('options_site_wrong') : ''}
      </p>
    </>
  );
}

/** A model's files, dropped or chosen: some files, a zip file, or a folder. */
function AddModel({ onAct }: { onAct: Act }) {
  const [range, setRange] = useState<ValueRange>('signed');
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const announce = useAnnounce();

  const add = (files: readonly PlacedFile[]) => {
    if (isBusy || files.length === 0) return;
    setBusy(true);
    void onAct(async () => {
      try {
        const { name } = await askWorker('addOwnModel', {
          files: files.map(({ path, file }) => ({ path, content: file })),
          range,
        });
        announce(text('options_models_added', name));
      } finally {
        setBusy(false);
      }
    });
  };
  const chosen = (input: HTMLInputElement): void => {
    add(chosenFiles(input.files));
    // So that the same files, mended, can be chosen again.
    input.value = '';
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
        void droppedFiles(event.dataTransfer).then(add);
      }}
    >
      <div class="row">
        <label class="button">
          {text('options_models_files')}
          <input
            type="file"
            name="modelFiles"
            class="listeners-only"
            accept=".json,.bin,.txt,.zip"
            multiple
            disabled={isBusy}
            onChange={({ currentTarget }) => {
              chosen(currentTarget);
            }}
          />
        </label>
        <label class="button">
          {text('options_models_folder')}
          <input
            type="file"
            name="modelFolder"
            class="listeners-only"
            // @ts-expect-error: no standard has the name, all browsers do
            webkitdirectory
            disabled={isBusy}
            onChange={({ currentTarget }) => {
              chosen(currentTarget);
            }}
          />
        </label>
        <p role="status">{isBusy ? text('options_models_checking') : ''}</p>
      </div>
      <Choices<ValueRange>
        name="modelRange"
        legend={text('options_models_range')}
        value={range}
        choices={[
          { value: 'signed', label: text('options_models_range_signed') },
          { value: 'unit', label: text('options_models_range_unit') },
        ]}
        onChoose={setRange}
      />
    </div>
  );
}
