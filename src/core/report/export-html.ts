import type { Need } from '../alt-text/alt-need';
import { DRAFT_SOURCE_KEYS } from './draft-source';
import { imageKey, saidOfImage, type PageReport, type ReportImage } from './page-report';
import { summarise } from './summary';
import { altTextOf, decisionOf, type Decision, type Triage } from './triage';

const COLUMNS = [
  ...(['report_column_number', 'report_column_image', 'report_column_need'] as const),
  ...(['report_column_current', 'report_filter_mismatch', 'report_column_label'] as const),
  ...(['report_column_alt', 'report_column_decision'] as const),
] as const;

/** The texts of `_locales` that the file is made of. */
export type HtmlTextKey =
  | `report_export_${'title' | 'images' | 'needs' | 'said' | 'note'}`
  | `report_need_${Need}`
  | `report_decision_${Decision}`
  | (typeof COLUMNS)[number]
  | (typeof DRAFT_SOURCE_KEYS)[keyof typeof DRAFT_SOURCE_KEYS]
  | 'own_model_says'
  | 'report_mismatch'
  | 'report_images';

export interface HtmlReportTexts {
  /** BCP 47 tag of the texts. */
  language: string;
  direction: string;
  /** Looks up a text of `_locales`. */
  say: (key: HtmlTextKey, ...substitutions: string[]) => string;
  percent: (probability: number) => string;
  /** Why an image has no label, or nothing is said of it; empty where there is nothing to explain. */
  explain: (image: ReportImage) => string;
  /** What an image that stands for a link or a button is asked for; empty for all others. */
  ask: (image: ReportImage) => string;
}

function escape(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; }
a { color: light-dark(#3b41c5, #aab2ff); }
body { background: light-dark(#fff, #16171e); color: light-dark(#1a1c2e, #eceef8); max-inline-size: 70rem; margin: 2rem auto; padding-inline: 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
table { inline-size: 100%; border-collapse: collapse; }
caption { text-align: start; font-weight: 650; padding-block: .5rem; }
th, td { padding: .5rem; border-block-end: 1px solid #8888; text-align: start; vertical-align: top; }
img { display: block; max-inline-size: 7rem; max-block-size: 7rem; border-radius: 6px; }
code { font-size: .8125rem; }
a, code { overflow-wrap: anywhere; }
td:nth-of-type(1) { min-inline-size: 8rem; }
.scroll { overflow-x: auto; }
@media print { tr { break-inside: avoid; } body { margin: 0; max-inline-size: none; } }
`;

/** Only what a browser may open from a file without running anything. */
function link(address: string): string {
  const shown = escape(address);
  return /^https?:/i.test(address) ? `<a href="${shown}" rel="noreferrer">${shown}</a>` : shown;
}

/**
 * The report as one HTML file that needs nothing else: no script, no address is loaded.
 * @param thumbnails `data:` URLs by `imageKey`; empty where there can be none
 */
export function exportHtml(
  report: PageReport,
  triage: Triage,
  takenAt: number,
  thumbnails: ReadonlyMap<string, string>,
  { language, direction, say, percent, explain, ask }: HtmlReportTexts,
): string {
  const { images, needs, spoken, silent } = summarise(report);
  const heading = (key: HtmlTextKey): string => `<th scope="col">${escape(say(key))}</th>`;
  const rows = report.images.map((image, index) => {
    const { address, need, name, hint, prediction, mismatch, pageDraft } = image;
    const label = saidOfImage(image);
    const thumbnail = thumbnails.get(imageKey(image));
    const decision = decisionOf(image, triage);
    const altText = altTextOf(image, triage);
    const said =
      label === null
        ? ''
        : `<span lang="${prediction?.lang ?? ''}">${escape(label.label)}</span> ${escape(percent(label.probability))}`;
    const suggested =
      altText === ''
        ? escape(ask(image))
        : `<span lang="${decision === 'edited' ? '' : (prediction?.draftLang ?? '')}">${escape(altText)}</span>`;
    const second =
      pageDraft === undefined
        ? ''
        : `<small>${escape(say(DRAFT_SOURCE_KEYS[pageDraft.from]))}</small><br><span lang="${prediction?.draftLang ?? ''}">${escape(pageDraft.text)}</span>`;
    const own = (prediction?.own ?? []).map((answer) =>
      escape(`${say('own_model_says', answer.model, answer.label)} ${percent(answer.probability)}`),
    );
    return `<tr>
<th scope="row">${index + 1}</th>
<td>${thumbnail ? `<img src="${escape(thumbnail)}" alt="">` : ''}${address === null ? `<code>${escape(image.selector)}</code>` : link(address)}</td>
<td>${need === null ? '' : escape(say(`report_need_${need}`))}</td>
<td>${escape(name)}</td>
<td>${mismatch === null ? '' : escape(say('report_mismatch', mismatch.term, hint?.label ?? ''))}</td>
<td>${[said, escape(explain(image)), ...own].filter(Boolean).join('<br>')}</td>
<td>${[suggested, second].filter(Boolean).join('<br>')}</td>
<td>${decision === null ? '' : escape(say(`report_decision_${decision}`))}</td>
</tr>`;
  });
  const title = escape(say('report_export_title'));
  const taken = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  const number = new Intl.NumberFormat(language);
  const facts = [
    say('report_export_images', number.format(images)),
    say(
      'report_export_needs',
      ...[needs.missing, needs.weak, needs.named].map((count) => number.format(count)),
    ),
    say('report_export_said', number.format(spoken), number.format(silent)),
  ];
  return `<!doctype html>
<html lang="${escape(language)}" dir="${escape(direction)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${link(report.url)}<br>${escape(taken.format(takenAt))}</p>
<ul>${facts.map((fact) => `<li>${escape(fact)}</li>`).join('')}</ul>
<p>${escape(say('report_export_note'))}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${escape(say('report_images'))}">
<table>
<caption>${escape(say('report_images'))}</caption>
<thead><tr>${COLUMNS.map(heading).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
</main>
</body>
</html>
`;
}
