import type { ReportImage } from '../core/report/page-report';
import { labelTextOf } from '../core/report/rows';
import { snake } from '../core/message-key';
import { failureText, text } from '../platform/i18n';
import { fileNameOf, imageView, purposeQuestion } from './image-text';

interface ImageFactsProps {
  image: ReportImage;
  /** A `data:` URL; empty where there can be none. */
  thumbnail: string | undefined;
}

/** What is known of an image beside its label: where it is, its author's text, and what is wrong with that. */
export function ImageFacts({ image, thumbnail }: ImageFactsProps) {
  const { address, selector, width, height, name, rule, mismatch } = image;
  const { note } = imageView(image, text, failureText);
  const place = fileNameOf(address) || selector;
  const facts = [
    text('popup_image_place', place, String(width), String(height)),
    name === '' ? '' : text('popup_image_current', name),
    rule === null ? '' : text(snake(`need_rule_${rule}`)),
    purposeQuestion(image, text),
    thumbnail === '' ? text('report_no_thumbnail') : '',
  ].filter(Boolean);
  return (
    <>
      {note !== '' && <p>{note}</p>}
      <ul class="quiet-text">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {mismatch !== null && (
        <p>{text('report_mismatch', mismatch.term, labelTextOf(image) ?? '')}</p>
      )}
    </>
  );
}
