import type { ReportImage } from '../core/report/page-report';
import { text } from '../platform/i18n';

/** Does the image need a text, and does the one it has fit? Told by words, not by colour alone. */
export function NeedBadge({ need, mismatch }: Pick<ReportImage, 'need' | 'mismatch'>) {
  return (
    <>
      {need !== null && (
        <span class="need" data-need={need}>
          {text(`report_need_${need}`)}
        </span>
      )}
      {mismatch !== null && (
        <>
          {' '}
          <span class="need" data-need="mismatch">
            {text('report_filter_mismatch')}
          </span>
        </>
      )}
    </>
  );
}
