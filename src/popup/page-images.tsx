import { useEffect, useMemo, useState } from 'preact/hooks';

import { imageKey, type PageReport, type ReportImage } from '../core/page-report';
import { altHtml, countFilters, listImages, type ImageQuery } from '../core/page-report-rows';
import { askFrame, askWorker } from '../messages/client';
import { failureText, percent, text } from '../platform/i18n';
import { toFailure } from '../core/errors';
import { useAnnounce } from '../ui/announcer';
import { CopyButton } from '../ui/copy-button';
import { NoPictureIcon } from '../ui/drawings';
import { ImageExplanation } from '../ui/image-explanation';
import { ImageFacts } from '../ui/image-facts';
import { ImageFilters } from '../ui/image-filters';
import { fileNameOf, imageView } from '../ui/image-text';
import { NeedBadge } from '../ui/need-badge';
import { VirtualList } from '../ui/virtual-list';

/** The heights of a row's two lines and its padding; see popup.css. */
const ROW_REM = 3.75;

const ALL: ImageQuery = { filter: 'all', search: '', order: 'position' };

interface ImageRowProps {
  image: ReportImage;
  thumbnail: string | undefined;
  isOpen: boolean;
  tabIndex: 0 | -1;
  onToggle: () => void;
  onShown: (image: ReportImage) => void;
}

function ImageRow(props: ImageRowProps) {
  const { image, thumbnail, isOpen, tabIndex, onToggle, onShown } = props;
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
        {thumbnail === undefined ? <NoPictureIcon /> : <img src={thumbnail} alt="" />}
      </span>
      <span class="image-words">
        <span class="image-headline" lang={headlineLanguage ?? undefined}>
          {headline}
        </span>{' '}
        <span class="quiet-text" lang={image.draft === null ? undefined : 'en'}>
          {image.draft ?? (note || fileNameOf(image.address) || image.selector)}
        </span>
      </span>{' '}
      <span class="image-measures">
        <NeedBadge need={image.need} />{' '}
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

interface ImageDetailsProps {
  image: ReportImage;
  onShow: () => void;
}

function ImageDetails({ image, onShow }: ImageDetailsProps) {
  const { draft } = image;
  return (
    <div class="image-details">
      <ImageFacts image={image} />
      {draft !== null && (
        <div class="draft">
          <p>{text('popup_draft')}</p>
          <p class="draft-text" lang="en">
            {draft}
          </p>
        </div>
      )}
      <div class="image-actions">
        <button type="button" class="button" onClick={onShow}>
          {text('popup_image_show')}
        </button>
        {draft !== null && (
          <>
            <CopyButton draft={draft} compact={false} />
            <CopyButton draft={altHtml(draft)} compact={false} label={text('popup_copy_html')} />
          </>
        )}
      </div>
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
  );
}

interface PageImagesProps {
  tabId: number;
  report: PageReport;
  /** `data:` URLs by `imageKey`. */
  thumbnails: ReadonlyMap<string, string>;
  /** A row came into view: its thumbnail is wanted. */
  onShown: (image: ReportImage) => void;
}

/** The images of the page, live, to search and to take texts from. */
export function PageImages({ tabId, report, thumbnails, onShown }: PageImagesProps) {
  const [query, setQuery] = useState(ALL);
  const [active, setActive] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
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
              image={image}
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
