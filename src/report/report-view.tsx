import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { toFailure, type Failure } from '../core/errors';
import { imageKey, type ReportImage } from '../core/report/page-report';
import { countFilters, listImages, type ImageQuery } from '../core/report/rows';
import type { Saying } from '../core/saying/prediction';
import { altTextOf, decide, decisionOf, type Decision, type Triage } from '../core/report/triage';
import { askWorker } from '../messages/client';
import { failureText, text } from '../platform/i18n';
import type { StoredReport } from '../platform/report-store';
import { useAnnounce } from '../ui/announcer';
import { DismissButton } from '../ui/dismiss-button';
import { wholeNumber } from '../ui/format';
import { ImageExplanation } from '../ui/image-explanation';
import { ImageFacts } from '../ui/image-facts';
import { ImageFilters } from '../ui/image-filters';
import { PrivacyLine, ReportSummary } from '../ui/report-summary';
import { TakeAway } from '../ui/take-away';
import { useJudgements } from '../ui/use-judgements';
import { VirtualList } from '../ui/virtual-list';
import { commandOf, KEY_HELP, type Command } from './keys';
import { TriageRow } from './triage-row';

/** See report.css: the large thumbnail and its margins. */
const ROW_REM = 7;

const ALL: ImageQuery = { filter: 'all', search: '', order: 'position' };

function KeyHelp() {
  return (
    <details class="keys" open>
      <summary>{text('report_keys')}</summary>
      <ul>
        {KEY_HELP.map(({ keys, text: help }) => (
          <li key={help}>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}{' '}
            {text(help)}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface ReportViewProps {
  stored: StoredReport;
  triage: Triage;
  onTriage: (triage: Triage) => void;
}

/** The images of a report to go through one by one: accept, edit or reject each suggestion. */
export function ReportView({ stored, triage, onTriage }: ReportViewProps) {
  const { takenAt } = stored;
  const { report, judge, adopt } = useJudgements(stored.report, (label) =>
    askWorker('setDismissal', label),
  );
  const [problem, setProblem] = useState<{ key: string; failure: Failure } | null>(null);
  const [query, setQuery] = useState(ALL);
  const [active, setActive] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const refocus = useRef(false);
  const announce = useAnnounce();

  const thumbnails = useMemo(() => new Map(Object.entries(stored.thumbnails)), [stored]);
  const counts = useMemo(() => countFilters(report.images), [report]);
  const images = useMemo(() => listImages(report.images, query), [report, query]);
  const suggestions = report.images.filter(
    (image) => image.draft !== null || decisionOf(image, triage) !== null,
  ).length;
  const activeIndex = images.findIndex((image) => imageKey(image) === active);

  useEffect(() => {
    // In a private window only the page itself knows.
    if (stored.report.isPrivate) return;
    const pictures = [
      ...new Set(stored.report.images.flatMap(({ prediction }) => prediction?.picture ?? [])),
    ];
    askWorker('sayAgain', { pictures }).then(
      (said) => {
        const known = pictures.flatMap((picture, place): [string, Saying][] => {
          const saying = said[place] ?? null;
          return saying === null ? [] : [[picture, saying]];
        });
        adopt(new Map(known));
      },
      () => undefined, // They are as they were when the report was made.
    );
  }, [stored]);

  const dismiss = (image: ReportImage, isDismissed: boolean) => {
    const key = imageKey(image);
    setProblem(null);
    judge(image, isDismissed).catch((error: unknown) => {
      setProblem({ key, failure: toFailure(error) });
      setOpen(key);
    });
  };

  const settle = (image: ReportImage, decision: Decision | null, edited = '') => {
    const next = decide(triage, image, decision, edited);
    if (next === triage) return;
    onTriage(next);
    const settled = decisionOf(image, next);
    announce(settled === null ? text('report_undo') : text(`report_decision_${settled}`));
  };

  /** Makes a row the active one, with the focus on it. */
  const goTo = (index: number) => {
    const image = images[Math.min(Math.max(index, 0), images.length - 1)];
    if (image === undefined) return;
    refocus.current = true;
    setActive(imageKey(image));
  };

  const run = (command: Command) => {
    const image = images[activeIndex] ?? images[0];
    if (image === undefined) return;
    switch (command) {
      case 'next':
        goTo(activeIndex + 1);
        break;
      case 'previous':
        goTo(activeIndex - 1);
        break;
      case 'accept':
      case 'reject':
        if (image.draft === null) break;
        settle(image, command === 'accept' ? 'accepted' : 'rejected');
        goTo(Math.max(activeIndex, 0) + 1);
        break;
      case 'edit':
        setActive(imageKey(image));
        setEditing(imageKey(image));
        break;
      case 'dismiss':
        dismiss(image, image.prediction?.kept === null);
        goTo(Math.max(activeIndex, 0));
        break;
      case 'undo':
        settle(image, null);
        goTo(Math.max(activeIndex, 0));
        break;
    }
  };

  // Keys may come faster than frames: each finds what the one before has changed.
  const runNow = useRef(run);
  runNow.current = run;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping =
        target instanceof HTMLElement &&
        target.matches('input, select, textarea, [contenteditable]');
      const command = commandOf({
        key: event.key,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
        isTyping,
      });
      if (command === null) return;
      event.preventDefault();
      runNow.current(command);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);

  useLayoutEffect(() => {
    if (!refocus.current) return;
    refocus.current = false;
    list.current
      ?.querySelector<HTMLElement>('[data-row][tabindex="0"]')
      ?.focus({ preventScroll: true });
  });

  const endEditing = (image: ReportImage, edited: string | null) => {
    setEditing(null);
    refocus.current = true;
    if (edited !== null && edited.trim() !== altTextOf(image, triage)) {
      settle(image, 'edited', edited);
    }
  };

  const page = URL.parse(report.url);
  const language = text('popup_language');
  const taken = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(takenAt);
  return (
    <>
      <div class="report-head">
        <div>
          <h1>{text('report_title')}</h1>
          <p class="quiet-text">
            <bdi dir="ltr">{page === null ? '' : page.host + page.pathname}</bdi> · {taken}
          </p>
          <p role="status">
            {text(
              'report_decided',
              wholeNumber(Object.keys(triage).length, language),
              wholeNumber(suggestions, language),
            )}
          </p>
          <PrivacyLine report={report} />
        </div>
        <section aria-labelledby="summary-title">
          <h2 id="summary-title">{text('report_summary')}</h2>
          <ReportSummary report={report} />
        </section>
      </div>
      <div class="report-tools">
        <TakeAway
          report={report}
          triage={triage}
          takenAt={takenAt}
          thumbnails={() => Promise.resolve(thumbnails)}
        />
        <button
          type="button"
          class="button"
          onClick={() => {
            print();
          }}
        >
          {text('report_print')}
        </button>
      </div>
      <KeyHelp />
      <h2>{text('report_images')}</h2>
      <ImageFilters query={query} counts={counts} onChange={setQuery} />
      {images.length === 0 ? (
        <p class="quiet-text">{text('report_none_found')}</p>
      ) : (
        <div class="report-list" ref={list}>
          <VirtualList
            items={images}
            keyOf={imageKey}
            rowHeightRem={ROW_REM}
            label={text('report_images')}
            activeKey={active}
            onActive={setActive}
            openKey={open}
            renderRow={(image, tabIndex) => {
              const key = imageKey(image);
              return (
                <TriageRow
                  image={image}
                  thumbnail={thumbnails.get(key)}
                  altText={altTextOf(image, triage)}
                  decision={decisionOf(image, triage)}
                  isOpen={key === open}
                  isEditing={key === editing}
                  tabIndex={tabIndex}
                  onToggle={() => {
                    setActive(key);
                    setOpen(key === open ? null : key);
                  }}
                  onDecide={(decision) => {
                    refocus.current = true;
                    setActive(key);
                    settle(image, decision);
                  }}
                  onEdit={() => {
                    setActive(key);
                    setEditing(key);
                  }}
                  onSave={(edited) => {
                    endEditing(image, edited);
                  }}
                  onCancel={() => {
                    endEditing(image, null);
                  }}
                />
              );
            }}
            renderDetails={(image) => (
              <div class="image-details">
                <ImageFacts image={image} thumbnail={thumbnails.get(imageKey(image))} />
                {problem?.key === imageKey(image) && (
                  <p role="alert">{Object.values(failureText(problem.failure)).join(' ')}</p>
                )}
                {image.prediction !== null && (
                  <div class="image-actions">
                    <DismissButton
                      prediction={image.prediction}
                      onJudge={(isDismissed) => {
                        dismiss(image, isDismissed);
                      }}
                    />
                  </div>
                )}
                <ImageExplanation
                  image={image}
                  askLineage={(predictions) =>
                    askWorker('getLineage', {
                      predictions: predictions.map(({ classIndex, probability }) => ({
                        classIndex,
                        probability,
                      })),
                    })
                  }
                />
              </div>
            )}
          />
        </div>
      )}
    </>
  );
}
