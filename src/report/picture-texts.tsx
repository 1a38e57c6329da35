import { useMemo } from 'preact/hooks';

import { mapPictures } from '../core/report/picture-map';
import { imageKey, type ReportImage } from '../core/report/page-report';
import { text } from '../platform/i18n';
import { wholeNumber } from '../ui/format';

interface PictureTextsProps {
  images: readonly ReportImage[];
  /** `data:` URLs by `imageKey`. */
  thumbnails: ReadonlyMap<string, string>;
}

/** One picture with several texts, and several with one; nothing where there are none of either. */
export function PictureTexts({ images, thumbnails }: PictureTextsProps) {
  const { otherTexts, otherPictures } = useMemo(() => mapPictures(images), [images]);
  const numbers = useMemo(
    () => new Map(images.map((image, index) => [imageKey(image), index + 1])),
    [images],
  );
  const groups = [
    ...[{ title: text('report_map_texts'), of: otherTexts }],
    ...[{ title: text('report_map_pictures'), of: otherPictures }],
  ].filter(({ of }) => of.length > 0);
  if (groups.length === 0) return null;
  const numberOf = (image: ReportImage) =>
    wholeNumber(numbers.get(imageKey(image)) ?? 0, text('popup_language'));
  return (
    <details class="picture-texts">
      <summary>{text('report_map')}</summary>
      {groups.map(({ title, of }) => (
        <section key={title}>
          <h3>{title}</h3>
          {of.map((group) => (
            <ul key={group.map(imageKey).join(' ')}>
              {group.map((image) => {
                const thumbnail = thumbnails.get(imageKey(image));
                return (
                  <li key={imageKey(image)}>
                    {thumbnail ? <img src={thumbnail} alt="" width={40} height={40} /> : null}
                    {text('report_image_name', numberOf(image), image.name)}
                  </li>
                );
              })}
            </ul>
          ))}
        </section>
      ))}
    </details>
  );
}
