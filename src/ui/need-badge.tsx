import type { ReportImage } from '../core/report/page-report';
import { text } from '../platform/i18n';

/** Does the image need a text? Told by words, not by colour alone. */
export function NeedBadge({ need }: Pick<ReportImage, 'need'>) {
  if (need === null) return null;
  return (
    <span class="need" data-need={need}>
      {text(`report_need_${need}`)}
    </span>
  );
}
