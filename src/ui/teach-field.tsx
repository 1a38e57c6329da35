import { createContext } from 'preact';
import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { type Failure, toFailure } from '../core/errors';
import type { Sayings } from '../core/report/judgements';
import { type PageReport, writtenIn } from '../core/report/page-report';
import type { Saying } from '../core/saying/prediction';
import { MAX_OWN_NAME } from '../core/teaching/own-label';
import { askWorker } from '../messages/client';
import type { Lesson } from '../messages/protocol';
import { failureText, text } from '../platform/i18n';
import { useAnnounce } from './announcer';

/** Of which page's pictures one speaks. */
export interface TeachingPlaceValue {
  isPrivate: boolean;
  /** Address of the tab's page; undefined for what clicks found anywhere. */
  page: string | undefined;
  language: string | undefined;
  /** What is said of the picture now. */
  adopt: (sayings: Sayings) => void;
}

export const TeachingPlace = createContext<TeachingPlaceValue>({
  ...{ isPrivate: false, page: undefined, language: undefined },
  adopt: () => undefined, // lists that follow their store
});

/** The place of a report's pictures. */
export function teachingPlaceOf(
  report: PageReport,
  adopt: (sayings: Sayings) => void,
): TeachingPlaceValue {
  return { isPrivate: report.isPrivate, page: report.url, language: writtenIn(report), adopt };
}

/** A name of the person's own for what a picture shows; taken back in the same place. */
export function TeachField({ picture }: { picture: string }) {
  const { adopt, ...place } = useContext(TeachingPlace);
  const [isOpen, setOpen] = useState(false);
  const [lesson, setLesson] = useState<Lesson | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const announce = useAnnounce();

  useLayoutEffect(() => {
    // The pressed button made way for others: the keyboard goes on with these.
    if (document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [isOpen, lesson]);

  const said = (saying: Saying | null) => {
    if (saying !== null) adopt(new Map([[picture, saying]]));
  };
  const teach = async (name: string) => {
    try {
      const taught = await askWorker('teachLabel', { picture, name, ...place });
      setLesson(taught.lesson);
      setOpen(false);
      setFailure(null);
      said(taught.saying);
      announce(text('teach_done', taught.lesson.name));
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  const forget = async ({ example }: Lesson) => {
    try {
      const saying = await askWorker('forgetLesson', { picture, example, ...place });
      setLesson(null);
      setFailure(null);
      said(saying);
      announce(text('teach_undone'));
    } catch (error) {
      setFailure(toFailure(error));
    }
  };

  return (
    <div class="teach" ref={box}>
      {lesson !== null && (
        <p>
          {text('teach_done', lesson.name)}{' '}
          <button type="button" class="button" onClick={() => void forget(lesson)}>
            {text('options_undo')}
          </button>
        </p>
      )}
      {lesson === null && !isOpen && (
        <button
          type="button"
          class="button"
          onClick={() => {
            setOpen(true);
          }}
        >
          {text('teach_open')}
        </button>
      )}
      {lesson === null && isOpen && (
        <NameForm
          language={place.language}
          onName={(name) => void teach(name)}
          onCancel={() => {
            setFailure(null);
            setOpen(false);
          }}
        />
      )}
      {failure !== null && <p role="alert">{Object.values(failureText(failure)).join(' ')}</p>}
    </div>
  );
}

interface NameFormProps {
  language: string | undefined;
  onName: (name: string) => void;
  onCancel: () => void;
}

/** One name to write, with those that begin so: Enter takes it, Escape leaves. */
function NameForm({ language, onName, onCancel }: NameFormProps) {
  const id = useId();
  const [written, setWritten] = useState('');
  const [names, setNames] = useState<readonly string[]>([]);
  const asked = useRef('');

  const suggest = (now: string) => {
    setWritten(now);
    asked.current = now;
    if (now.trim() === '') return;
    askWorker('suggestNames', { written: now, language }).then(
      (found) => {
        if (asked.current === now) setNames(found);
      },
      () => undefined, // The name can be written without.
    );
  };

  return (
    <form
      class="draft-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (written.trim() !== '') onName(written.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // A popup would close.
        event.preventDefault();
        onCancel();
      }}
    >
      <input
        type="text"
        name="ownLabel"
        aria-label={text('teach_field')}
        placeholder={text('teach_field')}
        autocomplete="off"
        maxLength={MAX_OWN_NAME}
        list={`${id}-names`}
        value={written}
        onInput={({ currentTarget }) => {
          suggest(currentTarget.value);
        }}
        // Keys of the page around are for its list.
        onKeyDown={(event) => {
          if (event.key !== 'Escape') event.stopPropagation();
        }}
      />
      <datalist id={`${id}-names`}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button type="submit" class="button strong">
        {text('teach_save')}
      </button>
      <button type="button" class="button" onClick={onCancel}>
        {text('popup_cancel')}
      </button>
    </form>
  );
}
