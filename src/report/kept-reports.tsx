import { useCallback, useEffect, useState } from 'preact/hooks';

import { text } from '../platform/i18n';
import { deleteReports, listReports, type ReportHead } from '../platform/report-store';
import { wholeNumber } from '../ui/format';

interface KeptReportsProps {
  /** The id of the report that is shown. */
  shown: string;
  /** They were deleted. */
  onDeleted: () => void;
}

/** The reports that are on the device, to open and to delete; nothing where there are none. */
export function KeptReports({ shown, onDeleted }: KeptReportsProps) {
  const [reports, setReports] = useState<readonly ReportHead[]>([]);
  const list = useCallback(() => {
    listReports().then(setReports, () => undefined); // Without the list nothing is wrong with the report.
  }, []);
  useEffect(list, [list]);
  if (reports.length === 0) return null;
  const language = text('popup_language');
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section class="kept-reports" aria-labelledby="kept-title">
      <h2 id="kept-title">{text('report_kept')}</h2>
      <p class="quiet-text">{text('report_kept_note')}</p>
      <ul>
        {reports.map(({ id, takenAt, url, images }) => {
          const page = URL.parse(url);
          return (
            <li key={id}>
              <a
                href={`?report=${encodeURIComponent(id)}`}
                aria-current={id === shown ? 'page' : undefined}
              >
                <bdi dir="ltr">{page === null ? url : page.host + page.pathname}</bdi> ·{' '}
                {time.format(takenAt)}
              </a>{' '}
              <span class="quiet-text">
                {text('report_export_images', wholeNumber(images, language))}
              </span>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        class="button"
        onClick={() => {
          deleteReports().then(
            () => {
              setReports([]);
              onDeleted();
            },
            list, // Those that are still there are shown.
          );
        }}
      >
        {text('report_delete_all')}
      </button>
    </section>
  );
}
