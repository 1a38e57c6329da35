import { useEffect, useState } from 'preact/hooks';

import { toFailure } from '../core/errors';
import { imageKey, type PageReport, type ReportImage } from '../core/report/page-report';
import type { Saying } from '../core/saying/prediction';
import { askFrame } from '../messages/client';
import { failureText, percent, text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { NoPictureIcon } from '../ui/drawings';
import { ImageList, type RowState } from '../ui/image-list';
import { fileNameOf, imageView, rowName } from '../ui/image-text';
import { NeedBadge } from '../ui/need-badge';
import { onDemand } from '../ui/on-demand';
import { TeachingPlace, type TeachingPlaceValue } from '../ui/teach-field';
import { pictureOf, useImageList } from '../ui/use-image-list';

/** The heights of a row's two lines and its padding; see popup.css. */
const ROW_REM = 3.75;

const ImageDetails = onDemand(async () => (await import('./image-details')).ImageDetails);

interface ImageRowProps extends RowState {
  image: ReportImage;
  /** Its place in the report, from 1, as people read it. */
  number: string;
  /** The text of ours that it has on the page now, or null. */
  applied: string | null;
  thumbnail: string | undefined;
  onShown: (image: ReportImage) => void;
}

/** A row has room for one badge: that a text may be false says more than that there is one. */
function badgeText({ need, mismatch }: ReportImage, applied: string | null): string {
  if (applied !== null) return text('popup_alt_badge');
  if (mismatch !== null) return text('report_filter_mismatch');
  return need === null ? '' : text(`report_need_${need}`);
}

function ImageRow(props: ImageRowProps) {
  const { image, number, applied, thumbnail, isOpen, tabIndex, onToggle, onShown } = props;
  const suggestion = applied ?? image.draft;
  useEffect(() => {
    onShown(image);
  }, [image, onShown]);
  const { headline, headlineLanguage, probability, note, tone } = imageView(
    image,
    text,
    failureText,
  );
  const quiet = suggestion ?? (note || fileNameOf(image.address) || image.selector);
  // As it stands there: a person who says what is seen presses the row by it.
  const seen = [
    ...[headline, quiet, badgeText(image, applied)],
    probability === null ? '' : percent(probability),
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <button
      type="button"
      class="image-row"
      data-row
      data-tone={tone}
      tabIndex={tabIndex}
      aria-expanded={isOpen}
      aria-label={rowName(image, number, seen, suggestion ?? '', text)}
      onClick={onToggle}
    >
      <span class="thumbnail">
        {thumbnail ? <img src={thumbnail} alt="" /> : <NoPictureIcon />}
      </span>
      <span class="image-words">
        <span class="image-headline" lang={headlineLanguage ?? undefined}>
          {headline}
        </span>{' '}
        <span
          class="quiet-text"
          lang={
            suggestion === null || suggestion !== image.draft
              ? undefined
              : image.prediction.draftLang
          }
        >
          {quiet}
        </span>
      </span>{' '}
      <span class="image-measures">
        {applied === null ? (
          <NeedBadge need={image.mismatch === null ? image.need : null} mismatch={image.mismatch} />
        ) : (
          <span class="need" data-need="applied">
            {text('popup_alt_badge')}
          </span>
        )}{' '}
        {probability !== null && (
          <span class="share">
            {percent(probability)}
            <span class="bar" aria-hidden="true">
              <span style={{ inlineSize: `${(probability * 100).toFixed(1)}%` }} />
            </span>
          </span>
        )}
      </span>
    </button>
  );
}

export interface PageImagesProps {
  tabId: number;
  report: PageReport;
  /** `data:` URLs by `imageKey`; empty where there can be none. */
  thumbnails: ReadonlyMap<string, string>;
  /** A row came into view: its thumbnail is wanted. */
  onShown: (image: ReportImage) => void;
  /** The person's word that an image's label is wrong, or not after all. */
  onJudge: (image: ReportImage, isDismissed: boolean, synset: string) => Promise<void>;
  /** Has two things looked for in an image. @throws CodedError */
  onSeekTwo: (image: ReportImage) => Promise<Saying | null>;
  place: TeachingPlaceValue;
}

/** The images of the page, live, to search and to take texts from. */
export function PageImages(props: PageImagesProps) {
  const { tabId, report, thumbnails, onShown, onJudge, onSeekTwo, place } = props;
  const list = useImageList(report.images);
  /** What was put on the page, or taken back (null), since the report was made; by `pictureOf`. */
  const [written, setWritten] = useState<ReadonlyMap<string, string | null>>(new Map());
  const announce = useAnnounce();

  const show = ({ frameId, id }: ReportImage) => {
    askFrame(tabId, frameId, 'showImage', { id }).then(
      () => {
        announce(text('popup_image_shown'));
      },
      (error: unknown) => {
        announce(failureText(toFailure(error)).what);
      },
    );
  };

  const appliedTo = (image: ReportImage): string | null => {
    const known = written.get(pictureOf(image));
    return known === undefined ? image.applied : known;
  };
  const setAlt = (image: ReportImage, altText: string | null) => {
    const { frameId, id } = image;
    void list
      .attempt(image, () => askFrame(tabId, frameId, 'setAltText', { id, text: altText }))
      .then((isDone) => {
        if (!isDone) return;
        setWritten((before) => new Map(before).set(pictureOf(image), altText));
        announce(text(altText === null ? 'popup_alt_reverted' : 'popup_alt_applied'));
      });
  };

  const judge = (image: ReportImage, isDismissed: boolean, synset: string) => {
    void list
      .attempt(image, () => onJudge(image, isDismissed, synset))
      .then((isDone) => {
        // The page gives a draft of the label back, and does not put it there again by itself.
        if (!isDone || !isDismissed || appliedTo(image) !== image.draft) return;
        setWritten((before) => new Map(before).set(pictureOf(image), null));
      });
  };

  return (
    <section class="images" aria-labelledby="images-title">
      <h2 id="images-title">{text('report_images')}</h2>
      <TeachingPlace.Provider value={place}>
        <ImageList
          list={list}
          scrolls="page"
          rowHeightRem={ROW_REM}
          renderRow={(image, row) => (
            <ImageRow
              image={image}
              number={list.numberOf(image)}
              applied={appliedTo(image)}
              thumbnail={thumbnails.get(imageKey(image))}
              onShown={onShown}
              {...row}
            />
          )}
          renderDetails={(image) => (
            <ImageDetails
              key={pictureOf(image)}
              image={image}
              applied={appliedTo(image)}
              thumbnail={thumbnails.get(imageKey(image))}
              onJudge={(isDismissed, synset) => {
                judge(image, isDismissed, synset);
              }}
              onSeekTwo={() => onSeekTwo(image)}
              problem={list.problemOf(image)}
              onSetAlt={(altText) => {
                setAlt(image, altText);
              }}
              onShow={() => {
                show(image);
              }}
            />
          )}
        />
      </TeachingPlace.Provider>
    </section>
  );
}
