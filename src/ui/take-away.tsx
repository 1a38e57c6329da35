import type { PageReport } from '../core/report/page-report';
import { altTextOf, type Triage } from '../core/report/triage';
import { failureText, percent, text } from '../platform/i18n';
import { useAnnounce } from './announcer';
import { wholeNumber } from './format';
import { fileNameOf, imageView, purposeQuestion } from './image-text';
import { saveFile } from './save-file';

interface TakeAwayProps {
  report: PageReport;
  triage: Triage;
  /** `Date.now()` of the report. */
  takenAt: number;
  /** Gets `data:` URLs by `imageKey`. */
  thumbnails: () => Promise<ReadonlyMap<string, string>>;
}

/** `alt-lens-example.org-2026-11-23.csv` */
function reportFileName({ url }: PageReport, takenAt: number, extension: string): string {
  const place = URL.parse(url)?.hostname.replace(/[^\w.-]/g, '') ?? '';
  const day = new Date(takenAt).toISOString().slice(0, 10);
  return ['alt-lens', place, day].filter(Boolean).join('-') + `.${extension}`;
}

/** Every suggestion on a line of its own, after the image that it is for. */
function allTexts(report: PageReport, triage: Triage): string {
  return report.images
    .flatMap((image) => {
      const altText = altTextOf(image, triage);
      const place = fileNameOf(image.address) || image.selector;
      return altText === '' ? [] : [`${place}\t${altText}`];
    })
    .join('\n');
}

/** Copies or saves a whole report. */
export function TakeAway({ report, triage, takenAt, thumbnails }: TakeAwayProps) {
  const announce = useAnnounce();
  const save = (extension: string, type: string, content: string) => {
    const name = reportFileName(report, takenAt, extension);
    saveFile(name, type, content);
    announce(text('report_saved', name));
  };
  // What writes the files is loaded when one is wanted: the popup opens without it.
  const saveCsv = async (): Promise<void> => {
    const { exportCsv } = await import('../core/report/export-csv');
    save('csv', 'text/csv', exportCsv(report, triage));
  };
  const saveJson = async (): Promise<void> => {
    const { exportJson } = await import('../core/report/export-json');
    save('json', 'application/json', exportJson(report, triage, takenAt));
  };
  const saveHtml = async (): Promise<void> => {
    const { exportHtml } = await import('../core/report/export-html');
    const html = exportHtml(report, triage, takenAt, await thumbnails(), {
      language: text('popup_language'),
      direction: text('popup_direction'),
      say: text,
      percent,
      explain: (image) => imageView(image, text, failureText).note,
      ask: (image) => purposeQuestion(image, text),
    });
    save('html', 'text/html', html);
  };
  const copy = () => {
    const texts = allTexts(report, triage);
    navigator.clipboard.writeText(texts).then(
      () => {
        const count = texts === '' ? 0 : texts.split('\n').length;
        announce(text('report_copied_all', wholeNumber(count, text('popup_language'))));
      },
      () => {
        announce(text('popup_copy_failed'));
      },
    );
  };
  return (
    <div class="take-away" role="group" aria-label={text('report_take_away')}>
      <button type="button" class="button" onClick={copy}>
        {text('report_copy_all')}
      </button>
      <button type="button" class="button" onClick={() => void saveHtml()}>
        {text('report_save_html')}
      </button>
      <button type="button" class="button" onClick={() => void saveCsv()}>
        {text('report_save_csv')}
      </button>
      <button type="button" class="button" onClick={() => void saveJson()}>
        {text('report_save_json')}
      </button>
    </div>
  );
}
