import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { toFailure } from '../core/errors';
import type { ClassPrediction, Prediction } from '../core/saying/prediction';
import { chosenLabel } from '../core/where/chosen-label';
import type { Where } from '../core/where/where';
import { askWorker } from '../messages/client';
import { failureText, text } from '../platform/i18n';
import { useAnnounce } from './announcer';
import { paintVeil } from './veil-pixels';
import { whereText } from './where-text';

interface ShowWhereProps {
  prediction: Prediction;
  /** A `data:` URL; without one there is nothing to look at. */
  thumbnail: string | null | undefined;
}

interface Shown {
  synset: string;
  where: Where | null;
  words: string;
}

async function ask(thumbnail: string, synset: string): Promise<Where | null> {
  const bytes = await (await fetch(thumbnail)).arrayBuffer();
  return await askWorker('seeWhereInFile', { bytes, synset });
}

function Veil({ where }: { where: Where }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) paintVeil(canvas.current, where);
  }, [where]);
  return <canvas ref={canvas} aria-hidden="true" />;
}

/** Shows where the label comes from, of two things each. */
export function ShowWhere({ prediction, thumbnail }: ShowWhereProps) {
  if (!thumbnail) return null;
  const { two = null } = prediction;
  if (two !== null) {
    return (
      <>
        {two.hints.map((hint) => (
          <ShowWhereOf
            key={hint.synset}
            {...{ chosen: hint, thumbnail }}
            name={`${text('where_show')}: ${hint.label}`}
          />
        ))}
      </>
    );
  }
  const chosen = chosenLabel(prediction);
  return chosen && <ShowWhereOf {...{ chosen, thumbnail }} name={text('where_show')} />;
}

interface ShowWhereOfProps {
  chosen: Pick<ClassPrediction, 'synset' | 'label'>;
  thumbnail: string;
  /** Of the button. */
  name: string;
}

/** Over the small copy and in words; pressed again, or with Escape, no more. */
function ShowWhereOf({ chosen, thumbnail, name }: ShowWhereOfProps) {
  const [shown, setShown] = useState<Shown | null>(null);
  const announce = useAnnounce();
  const { synset, label } = chosen;
  // Of another label it tells nothing.
  const seen = shown?.synset === synset ? shown : null;

  const tell = (where: Where | null, words: string): void => {
    setShown({ synset, where, words });
    announce(words);
  };
  const press = (): void => {
    if (seen !== null) setShown(null);
    else {
      ask(thumbnail, synset).then(
        (where) => {
          tell(where, whereText(where, label));
        },
        (error: unknown) => {
          tell(null, failureText(toFailure(error)).what);
        },
      );
    }
  };
  return (
    <div
      class="where"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || seen === null) return;
        // Else the browser closes the popup, too.
        event.preventDefault();
        event.stopPropagation();
        setShown(null);
      }}
    >
      <button type="button" class="button" aria-pressed={seen !== null} onClick={press}>
        {name}
      </button>
      {seen !== null && (
        <figure>
          {seen.where !== null && (
            <span class="where-picture">
              <img src={thumbnail} alt="" />
              <Veil where={seen.where} />
            </span>
          )}
          <figcaption>{seen.words}</figcaption>
        </figure>
      )}
    </div>
  );
}
