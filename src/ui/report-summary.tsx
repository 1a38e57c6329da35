import { useMemo } from 'preact/hooks';

import type { PageReport } from '../core/report/page-report';
import { summarise } from '../core/report/summary';
import { text } from '../platform/i18n';
import { ShieldIcon } from './drawings';
import { backendName, duration } from './format';
import { privacyText } from './privacy-text';

interface Part {
  id: string;
  label: string;
  count: number;
}

/** One bar of parts with its legend: the parts' lengths are their counts. */
function PartsBar({ title, parts }: { title: string; parts: Part[] }) {
  const format = new Intl.NumberFormat(text('popup_language'));
  const there = parts.filter(({ count }) => count > 0);
  return (
    <div class="parts">
      <h3>{title}</h3>
      <div class="parts-bar" aria-hidden="true">
        {there.map(({ id, count }) => (
          <span key={id} data-part={id} style={{ flexGrow: String(count) }} />
        ))}
      </div>
      <ul class="legend">
        {there.map(({ id, label, count }) => (
          <li key={id}>
            <span class="swatch" data-part={id} aria-hidden="true" />
            {label} <b>{format.format(count)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A page's images in two bars, and what reading them cost. */
export function ReportSummary({ report }: { report: PageReport }) {
  const summary = useMemo(() => summarise(report), [report]);
  const { needs, spoken, silent, skipped, failed, pending, backends, modelMilliseconds } = summary;
  const language = text('popup_language');
  const ways = new Intl.ListFormat(language).format(
    backends.map(({ backend }) => backendName(backend, text)),
  );
  return (
    <div class="summary">
      <PartsBar
        title={text('report_by_need')}
        parts={(['missing', 'weak', 'named', 'decorative'] as const).map((need) => ({
          id: need,
          label: text(`report_need_${need}`),
          count: needs[need],
        }))}
      />
      <PartsBar
        title={text('report_by_result')}
        parts={[
          { id: 'spoken', label: text('report_spoken'), count: spoken },
          { id: 'silent', label: text('report_silent'), count: silent },
          { id: 'pending', label: text('report_filter_pending'), count: pending },
          { id: 'skipped', label: text('report_filter_skipped'), count: skipped },
          { id: 'failed', label: text('report_filter_failed'), count: failed },
        ]}
      />
      {ways !== '' && (
        <p class="quiet-text">
          {text('report_ran_on', ways, duration(modelMilliseconds, language))}
        </p>
      )}
    </div>
  );
}

/** The report's ledger; see `privacyText`. */
export function PrivacyLine({ report }: { report: PageReport }) {
  return (
    <p class="privacy-counts">
      <ShieldIcon />
      <span>{privacyText(report, text, text('popup_language'))}</span>
    </p>
  );
}
