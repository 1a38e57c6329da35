import { useEffect, useRef, useState } from 'preact/hooks';

import { toFailure } from '../core/errors';
import { MAX_IMAGE_BYTES } from '../core/raster';
import { CodedError } from '../core/errors';
import { askWorker } from '../messages/client';
import type { Outcome } from '../messages/protocol';
import { failureText, percent, text } from '../platform/i18n';
import { CopyButton } from '../ui/copy-button';
import { PredictionBars } from '../ui/prediction-bars';
import { listedPredictions, outcomeView } from './outcome-text';

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

function imageFile(files: FileList | undefined): File | undefined {
  return [...(files ?? [])].find(({ type }) => type.startsWith('image/')) ?? files?.[0];
}

interface Trial {
  /** A `blob:` address of the picture. */
  picture: string;
  result: Result | null;
}

/** A picture of the person's own, dropped, pasted or chosen, is looked at like any other. */
export function TryImage() {
  const [trial, setTrial] = useState<Trial | null>(null);
  const [isOver, setOver] = useState(false);
  const current = useRef<string | null>(null);

  const look = (file: File | undefined) => {
    if (file === undefined) return;
    if (current.current !== null) URL.revokeObjectURL(current.current);
    const picture = URL.createObjectURL(file);
    current.current = picture;
    setTrial({ picture, result: null });
    void classify(file).then((result) => {
      // Meanwhile another one may have been chosen.
      if (current.current === picture) setTrial({ picture, result });
    });
  };

  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      look(imageFile(clipboardData?.files));
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
    <section class="try" aria-labelledby="try-title">
      <h2 id="try-title">{text('popup_try')}</h2>
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
      {trial !== null && (
        <div class="trial" data-tone={view?.tone}>
          <span class="thumbnail">
            <img src={trial.picture} alt="" />
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
      {result !== null && <PredictionBars predictions={listedPredictions({ result })} />}
    </section>
  );
}
