import { useEffect, useMemo, useState } from 'preact/hooks';

import { toFailure, type Failure } from '../core/errors';
import { imageKey, type PageReport, type ReportImage } from '../core/report/page-report';
import { countFilters, listImages, type ImageQuery } from '../core/report/rows';
import { askFrame } from '../messages/client';
import { failureText, percent, text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { NoPictureIcon } from '../ui/drawings';
import { ImageFilters } from '../ui/image-filters';
import { fileNameOf, imageView } from '../ui/image-text';
import { NeedBadge } from '../ui/need-badge';
import { onDemand } from '../ui/on-demand';
import { VirtualList } from '../ui/virtual-list';

/** The heights of a row's two lines and its padding; see popup.css. */
const ROW_REM = 3.75;

const ALL: ImageQuery = { filter: 'all', search: '', order: 'position' };

const ImageDetails = onDemand(async () => (await import('./image-details')).ImageDetails);

interface ImageRowProps {
  image: ReportImage;
  /** The text of ours that it has on the page now, or null. */
  applied: string | null;
  thumbnail: string | undefined;
  isOpen: boolean;
  tabIndex: 0 | -1;
  onToggle: () => void;
  onShown: (image: ReportImage) => void;
}

function ImageRow(props: ImageRowProps) {
  const { image, applied, thumbnail, isOpen, tabIndex, onToggle, onShown } = props;
  const suggestion = applied ?? image.draft;
  useEffect(() => {
    onShown(image);
  }, [image, onShown]);
  const { headline, headlineLanguage, probability, note, tone } = imageView(
    image,
    text,
    failureText,
  );
  return (
    <button
      type="button"
      class="image-row"
      data-row
      data-tone={tone}
      tabIndex={tabIndex}
      aria-expanded={isOpen}
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
          lang={suggestion === null || suggestion !== image.draft ? undefined : 'en'}
        >
          {suggestion ?? (note || fileNameOf(image.address) || image.selector)}
        </span>
      </span>{' '}
      <span class="image-measures">
        {applied === null ? (
          <NeedBadge need={image.need} />
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

/** Tells an image with its picture from the same element with another one. */
function pictureOf(image: ReportImage): string {
  return `${imageKey(image)} ${image.address ?? ''}`;
}

interface PageImagesProps {
  tabId: number;
  report: PageReport;
  /** `data:` URLs by `imageKey`; empty where there can be none. */
  thumbnails: ReadonlyMap<string, string>;
  /** A row came into view: its thumbnail is wanted. */
  onShown: (image: ReportImage) => void;
  /** The person's word that an image's label is wrong, or not after all. */
  onJudge: (image: ReportImage, isDismissed: boolean) => Promise<void>;
}

/** The images of the page, live, to search and to take texts from. */
export function PageImages(props: PageImagesProps) {
  const { tabId, report, thumbnails, onShown, onJudge } = props;
  const [query, setQuery] = useState(ALL);
  const [active, setActive] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  /** What was put on the page, or taken back (null), since the report was made; by `pictureOf`. */
  const [written, setWritten] = useState<ReadonlyMap<string, string | null>>(new Map());
  const [problem, setProblem] = useState<{ picture: string; failure: Failure } | null>(null);
  const announce = useAnnounce();
  const counts = useMemo(() => countFilters(report.images), [report]);
  const images = useMemo(() => listImages(report.images, query), [report, query]);

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
    const picture = pictureOf(image);
    setProblem(null);
    askFrame(tabId, frameId, 'setAltText', { id, text: altText }).then(
      () => {
        setWritten((before) => new Map(before).set(picture, altText));
        announce(text(altText === null ? 'popup_alt_reverted' : 'popup_alt_applied'));
      },
      (error: unknown) => {
        setProblem({ picture, failure: toFailure(error) });
      },
    );
  };

  const judge = (image: ReportImage, isDismissed: boolean) => {
    const picture = pictureOf(image);
    setProblem(null);
    onJudge(image, isDismissed).then(
      () => {
        // The page gives a draft of the label back, and does not put it there again by itself.
        if (!isDismissed || appliedTo(image) !== image.draft) return;
        setWritten((before) => new Map(before).set(picture, null));
      },
      (error: unknown) => {
        setProblem({ picture, failure: toFailure(error) });
      },
    );
  };

  return (
    <section class="images" aria-labelledby="images-title">
      <h2 id="images-title">{text('report_images')}</h2>
      <ImageFilters query={query} counts={counts} onChange={setQuery} />
      {images.length === 0 ? (
        <p class="quiet-text">{text('report_none_found')}</p>
      ) : (
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
              <ImageRow
                image={image}
                applied={appliedTo(image)}
                thumbnail={thumbnails.get(key)}
                isOpen={key === open}
                onShown={onShown}
                tabIndex={tabIndex}
                onToggle={() => {
                  setActive(key);
                  setOpen(key === open ? null : key);
                }}
              />
            );
          }}
          renderDetails={(image) => (
            <ImageDetails
              key={pictureOf(image)}
              image={image}
              applied={appliedTo(image)}
              thumbnail={thumbnails.get(imageKey(image))}
              onJudge={(isDismissed) => {
                judge(image, isDismissed);
              }}
              problem={problem?.picture === pictureOf(image) ? problem.failure : null}
              onSetAlt={(altText) => {
                setAlt(image, altText);
              }}
              onShow={() => {
                show(image);
              }}
            />
          )}
        />
      )}
    </section>
  );
}
