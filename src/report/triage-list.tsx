import { useLayoutEffect, useRef } from 'preact/hooks';

import { labelOfImage } from '../core/report/judgements';
import { imageKey, type ReportImage } from '../core/report/page-report';
import { altTextOf, decisionOf, type Triage } from '../core/report/triage';
import type { Saying } from '../core/saying/prediction';
import { ImageList } from '../ui/image-list';
import { useImageList } from '../ui/use-image-list';
import type { Command } from './keys';
import { TriageDetails } from './triage-details';
import { TriageRow } from './triage-row';
import { useDecisions } from './use-decisions';
import { useKeyCommands } from './use-key-commands';

/** The active row, and the first of what can be decided in it. */
const ROW = '[data-row][tabindex="0"]';
const ACTION = `${ROW} ~ .triage-actions > button`;
/** See report.css: the large thumbnail and its margins. */
const ROW_REM = 7;

interface TriageListProps {
  images: readonly ReportImage[];
  triage: Triage;
  onTriage: (triage: Triage) => void;
  /** `data:` URLs by `imageKey`. */
  thumbnails: ReadonlyMap<string, string>;
  /** The person's word that an image's label is wrong, or not after all. */
  onJudge: (image: ReportImage, isDismissed: boolean, synset: string) => Promise<void>;
  /** Has two things looked for in an image of the page that is open; null where it is not. */
  onSeekTwo: ((image: ReportImage) => Promise<Saying | null>) | null;
}

/** The images to decide on one by one, by the buttons of their rows or by the page's keys. */
export function TriageList({
  images: all,
  triage,
  onTriage,
  thumbnails,
  onJudge,
  onSeekTwo,
}: TriageListProps) {
  const list = useImageList(all);
  const { images, activate } = list;
  const activeIndex = images.findIndex((image) => imageKey(image) === list.activeKey);
  const { box, refocus } = useRefocus();
  const { editing, edit, endEditing, settle } = useDecisions(triage, onTriage);

  const dismiss = (image: ReportImage, isDismissed: boolean, synset: string) => {
    void list
      .attempt(image, () => onJudge(image, isDismissed, synset))
      .then((isDone) => {
        if (!isDone) list.open(imageKey(image));
      });
  };

  /** Which of two things is meant is asked where both have their buttons. */
  const dismissByKey = (image: ReportImage) => {
    const label = labelOfImage(image);
    if ((image.prediction?.two ?? null) !== null) list.open(imageKey(image));
    else if (label !== null) dismiss(image, image.prediction?.kept === null, label.synset);
  };

  /** Makes a row the active one, with the focus on it. */
  const goTo = (index: number) => {
    const image = images[Math.min(Math.max(index, 0), images.length - 1)];
    if (image === undefined) return;
    refocus(ROW);
    activate(imageKey(image));
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
        activate(imageKey(image));
        edit(image);
        break;
      case 'dismiss':
        dismissByKey(image);
        goTo(Math.max(activeIndex, 0));
        break;
      case 'undo':
        settle(image, null);
        goTo(Math.max(activeIndex, 0));
        break;
    }
  };

  useKeyCommands(run);

  return (
    <div class="report-list" ref={box}>
      <ImageList
        list={list}
        rowHeightRem={ROW_REM}
        renderRow={(image, row) => (
          <TriageRow
            image={image}
            number={list.numberOf(image)}
            thumbnail={thumbnails.get(imageKey(image))}
            altText={altTextOf(image, triage)}
            decision={decisionOf(image, triage)}
            isEditing={imageKey(image) === editing}
            onDecide={(decision) => {
              refocus(ACTION);
              activate(imageKey(image));
              settle(image, decision);
            }}
            onEdit={() => {
              activate(imageKey(image));
              edit(image);
            }}
            onSave={(edited) => {
              refocus(ACTION);
              endEditing(image, edited);
            }}
            onCancel={() => {
              refocus(ACTION);
              endEditing(image, null);
            }}
            {...row}
          />
        )}
        renderDetails={(image) => (
          <TriageDetails
            image={image}
            thumbnail={thumbnails.get(imageKey(image))}
            problem={list.problemOf(image)}
            onDismiss={(isDismissed, synset) => {
              dismiss(image, isDismissed, synset);
            }}
            onSeekTwo={onSeekTwo === null ? null : () => onSeekTwo(image)}
          />
        )}
      />
    </div>
  );
}

/** Brings the focus to what a selector finds in a box, when the next draw has made that. */
function useRefocus() {
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const found = box.current?.querySelector<HTMLElement>(wanted.current);
    wanted.current = null;
    found?.focus({ preventScroll: true });
  });
  return {
    box,
    refocus: (selector: string) => {
      wanted.current = selector;
    },
  };
}
