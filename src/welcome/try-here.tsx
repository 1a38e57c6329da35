import { useEffect, useId, useRef, useState } from 'preact/hooks';

import { CodedError, toFailure } from '../core/errors';
import { askWorker } from '../messages/client';
import type { Outcome } from '../messages/protocol';
import { failureText, percent, text } from '../platform/i18n';
import { onAskedHere } from '../platform/asked-here';
import { packageAddress } from '../platform/tabs';
import { CopyReport } from '../ui/copy-report';
import { ModelSaw } from '../ui/model-saw';
import { outcomeView } from '../ui/outcome-view';
import { EXAMPLES, LICENSE, type Example } from './examples';

type Result = Outcome['result'];

async function look(address: string): Promise<Result> {
  try {
    const response = await fetch(address).catch(() => null);
    if (response?.ok !== true) throw new CodedError('image-not-found', 'Not in the package.');
    const bytes = await response.arrayBuffer();
    return { ok: true, prediction: await askWorker('classifyFile', { bytes }) };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}

/** Photos in the package, each with the question and, once asked, the engine's own answer. */
export function TryHere() {
  return (
    <section aria-labelledby="try">
      <h2 id="try">{text('welcome_try_title')}</h2>
      <p>{text('welcome_try_how')}</p>
      <div class="examples">
        {EXAMPLES.map((example) => (
          <Trial key={example.file} example={example} />
        ))}
      </div>
    </section>
  );
}

/** The figure that has the focus in it, else the one under the pointer. */
function attended(): Element | null {
  return (
    document.querySelector('.example:focus-within') ?? document.querySelector('.example:hover')
  );
}

/** The photo answers the browser's menu and the shortcuts, as images of pages do. */
function useAsked(ask: () => void, isMeant: (address: string | null) => boolean): void {
  const newest = useRef({ ask, isMeant });
  newest.current = { ask, isMeant };
  useEffect(() => {
    const ended = new AbortController();
    onAskedHere((address) => {
      if (newest.current.isMeant(address)) newest.current.ask();
    }, ended.signal);
    return () => {
      ended.abort();
    };
  }, []);
}

function Trial({ example }: { example: Example }) {
  const [state, setState] = useState<Result | 'unasked' | 'looking'>('unasked');
  const [photo, button] = [useId(), useId()];
  const address = packageAddress(example.file);
  const figure = useRef<HTMLElement>(null);
  const ask = () => {
    if (state === 'looking') return;
    setState('looking');
    void look(address).then(setState);
  };
  useAsked(ask, (asked) =>
    asked === null ? figure.current !== null && attended() === figure.current : asked === address,
  );
  return (
    <figure class="example" ref={figure}>
      <img id={photo} src={address} width="299" height="299" alt={text(example.alt)} />
      <figcaption class="quiet-text">
        <a href={example.page} target="_blank" rel="noreferrer">
          {example.author}
        </a>
        {', '}
        <a href={LICENSE.page} target="_blank" rel="noreferrer">
          {LICENSE.name}
        </a>
      </figcaption>
      <button
        type="button"
        class="button"
        id={button}
        aria-labelledby={`${button} ${photo}`}
        onClick={ask}
      >
        {text('menu_classify_image')}
      </button>
      <div class="answer">
        <div role="status">
          {state === 'looking' && <p>{text('popup_try_looking')}</p>}
          {typeof state === 'object' && <Answer result={state} />}
        </div>
        {typeof state === 'object' && state.ok && (
          <ModelSaw prediction={state.prediction} offersUnsaid />
        )}
        {typeof state === 'object' && !state.ok && <CopyReport failure={state.error} />}
      </div>
    </figure>
  );
}

function Answer({ result }: { result: Result }) {
  const { headline, headlineLanguage, probability, note } = outcomeView(
    { result },
    text,
    failureText,
  );
  return (
    <>
      <p class="headline" lang={headlineLanguage ?? undefined}>
        {headline} {probability !== null && <span class="share">{percent(probability)}</span>}
      </p>
      {note !== '' && <p class="quiet-text">{note}</p>}
    </>
  );
}
