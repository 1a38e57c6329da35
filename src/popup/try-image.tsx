import { useEffect, useRef, useState } from 'preact/hooks';

import { CodedError, toFailure } from '../core/errors';
import { MAX_IMAGE_BYTES } from '../core/look/raster';
import type { Prediction } from '../core/saying/prediction';
import { isTwoToSeek } from '../core/saying/said';
import { askWorker } from '../messages/client';
import type { Outcome } from '../messages/protocol';
import { failureText, percent, text } from '../platform/i18n';
import { CopyButton } from '../ui/copy-button';
import { CopyReport } from '../ui/copy-report';
import { NoPictureIcon } from '../ui/drawings';
import { ModelSaw } from '../ui/model-saw';
import { onDemand } from '../ui/on-demand';
import { outcomeView } from '../ui/outcome-view';
import { OwnAnswers } from '../ui/own-answers';
import { AddressForm } from './address-form';
import { fetchFromAddress } from './fetch-address';
import { Fold } from './fold';

const TwoThings = onDemand(async () => (await import('../ui/two-things')).TwoThings);

const ignore = (): void => undefined;

type Result = Pick<Outcome, 'result'>['result'];

async function classify(file: Blob): Promise<Result> {
  try {
    if (file.size > MAX_IMAGE_BYTES) {
      throw new CodedError('image-too-many-bytes', `${file.size} bytes.`);
    }
    const bytes = await file.arrayBuffer();
    return { ok: true, prediction: await askWorker('classifyFile', { bytes }) };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}

/** What follows when it is known; the answer is there without it. */
function addMore(first: Prediction, onMore: (prediction: Prediction) => void): void {
  let prediction = first;
  const add = (more: Partial<Prediction> | null): void => {
    prediction = { ...prediction, ...more };
    onMore(prediction);
  };
  const { picture } = first;
  askWorker('askOwnModels', { picture }).then((own) => {
    add({ own });
  }, ignore);
  if (isTwoToSeek(first)) askWorker('seekTwo', { picture, isPrivate: true }).then(add, ignore);
}

function imageFile(files: FileList | undefined): File | undefined {
  return [...(files ?? [])].find(({ type }) => type.startsWith('image/')) ?? files?.[0];
}

interface Trial {
  /** A `blob:` address of the picture; null where it is not there (yet). */
  picture: string | null;
  result: Result | null;
}

/** A picture of the person's own, dropped, pasted, chosen or named by its address, is looked at like any other. */
export function TryImage() {
  const [trial, setTrial] = useState<Trial | null>(null);
  const [isOver, setOver] = useState(false);
  const current = useRef<Trial | null>(null);

  const show = (next: Trial): Trial => {
    const before = current.current?.picture ?? null;
    if (before !== null && before !== next.picture) URL.revokeObjectURL(before);
    current.current = next;
    setTrial(next);
    return next;
  };
  const look = (file: Blob | undefined) => {
    if (file === undefined) return;
    const begun = show({ picture: URL.createObjectURL(file), result: null });
    void classify(file).then((result) => {
      // Meanwhile another one may have been chosen.
      if (current.current !== begun) return;
      const shown = show({ ...begun, result });
      if (!result.ok) return;
      let latest = shown;
      addMore(result.prediction, (prediction) => {
        if (current.current !== latest) return;
        latest = show({ ...latest, result: { ok: true, prediction } });
      });
    });
  };
  const lookAt = (address: string) => {
    const begun = show({ picture: null, result: null });
    fetchFromAddress(address).then(
      (file) => {
        if (current.current === begun) look(file);
      },
      (error: unknown) => {
        const result = { ok: false, error: toFailure(error) } as const;
        if (current.current === begun) show({ ...begun, result });
      },
    );
  };

  const lookNow = useRef(look);
  lookNow.current = look;
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      lookNow.current(imageFile(clipboardData?.files));
    };
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('paste', paste);
    };
  }, []);

  const result = trial?.result ?? null;
  const view = result === null ? null : outcomeView({ result }, text, failureText);
  const draft = result?.ok === true ? result.prediction.draft : null;
  return (
    // A picture may be pasted before it is opened.
    <Fold name="try" title={text('popup_try')} isOpen={trial !== null}>
      <label
        class={isOver ? 'drop-zone over' : 'drop-zone'}
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
          look(imageFile(event.dataTransfer?.files));
        }}
      >
        <span>{text('popup_try_how')}</span>
        <input
          type="file"
          accept="image/*"
          onChange={({ currentTarget }) => {
            look(imageFile(currentTarget.files ?? undefined));
            // The same file may be chosen again.
            currentTarget.value = '';
          }}
        />
      </label>
      <AddressForm onAddress={lookAt} />
      {trial !== null && (
        <div class="trial" data-tone={view?.tone}>
          <span class="thumbnail">
            {trial.picture === null ? <NoPictureIcon /> : <img src={trial.picture} alt="" />}
          </span>
          <div role="status">
            {view === null ? (
              <p>{text('popup_try_looking')}</p>
            ) : (
              <>
                <p class="result-headline" lang={view.headlineLanguage ?? undefined}>
                  {view.headline}{' '}
                  {view.probability !== null && (
                    <span class="share">{percent(view.probability)}</span>
                  )}
                </p>
                {view.note !== '' && <p class="quiet-text">{view.note}</p>}
              </>
            )}
          </div>
          {draft !== null && <CopyButton draft={draft} compact />}
        </div>
      )}
      {result?.ok === false && <CopyReport failure={result.error} />}
      {result?.ok === true && <ModelSaw prediction={result.prediction} offersUnsaid />}
      {result?.ok === true && <TwoThings prediction={result.prediction} onSeek={null} />}
      {result?.ok === true && <OwnAnswers answers={result.prediction.own} />}
    </Fold>
  );
}
