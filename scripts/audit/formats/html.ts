import { type AuditResult, countKinds, gravestFirst, imageCount } from '../audit-result';
import type { Finding } from '../findings';
import { notesOf } from '../page-audit';
import {
  criterionAddress,
  FINDING_KINDS,
  type FindingKind,
  type FindingRule,
  PAGE_TEXT_PLACES,
  techniqueAddress,
} from '../rules';
import { escapeMarkup as escape } from './escape';
import { counted, share } from './words';

const MOST_PLACES = 20;

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d5d7e4, #3b3d4c); --soft: light-dark(#f4f5fa, #20222c); --ink: light-dark(#1a1c2e, #eceef8); --muted: light-dark(#54576b, #a9adc4); --accent: light-dark(#3b41c5, #aab2ff); }
* { box-sizing: border-box; }
body { background: light-dark(#fff, #16171e); color: var(--ink); margin: 0; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-inline-size: 76rem; margin-inline: auto; padding: 2rem 1rem 4rem; }
a { color: var(--accent); }
h1 { font-size: 1.75rem; margin: 0; }
.muted { color: var(--muted); }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; padding: 0; margin: 1.5rem 0; list-style: none; }
.counts li { background: var(--soft); border: 1px solid var(--line); border-radius: 10px; padding: .75rem 1rem; }
.counts b { display: block; font-size: 1.75rem; line-height: 1.2; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; position: sticky; inset-block-start: 0; background: light-dark(#fff, #16171e); padding-block: .75rem; border-block-end: 1px solid var(--line); }
label { display: grid; font-size: .8125rem; color: var(--muted); }
select, input { font: inherit; color: var(--ink); background: var(--soft); border: 1px solid light-dark(#7c8098, #80849c); border-radius: 6px; padding: .375rem .5rem; min-inline-size: 11rem; min-block-size: 2.25rem; }
.finding { content-visibility: auto; contain-intrinsic-block-size: auto 15rem; display: grid; grid-template-columns: 8rem 1fr; gap: .25rem 1.25rem; padding-block: 1.25rem; border-block-end: 1px solid var(--line); }
.picture { grid-row: span 4; }
.picture img, .none { inline-size: 8rem; block-size: 6rem; object-fit: contain; border-radius: 8px; background: var(--soft); border: 1px solid var(--line); }
.none { display: grid; place-items: center; color: var(--muted); font-size: .75rem; text-align: center; }
h3 { font-size: 1.0625rem; margin: 0; }
.kind { display: inline-block; border-radius: 5px; padding: 0 .5rem; font-size: .8125rem; font-weight: 650; border: 1px solid currentColor; }
.kind.missing { color: light-dark(#a3123a, #ff9db4); }
.kind.weak, .kind.mismatch { color: light-dark(#7a4b00, #ffcf87); }
.kind.question { color: var(--muted); }
p { margin: .125rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .25rem 0; }
dt { color: var(--muted); }
dd { margin: 0; }
code { font-size: .8125rem; }
.copy { font: inherit; font-size: .8125rem; color: var(--accent); background: none; border: 1px solid currentColor; border-radius: 6px; padding: 0 .5rem; min-block-size: 1.5rem; cursor: pointer; }
summary { cursor: pointer; color: var(--accent); }
[hidden] { display: none; }
@media (max-width: 40rem) { .finding, dl { grid-template-columns: minmax(0, 1fr); } dd { margin-block-end: .25rem; } }
@media print { form, .copy { display: none; } .finding { break-inside: avoid; } main { max-inline-size: none; padding: 0; } details > * { display: block; } }
`;

/** Filters, sorts and copies what is there; without it all is shown. */
const SCRIPT = `
const list = document.querySelector('#findings');
const form = document.querySelector('form');
const all = [...list.children];
const texts = new Map(all.map((each) => [each, each.textContent.toLowerCase()]));
const places = (each) => Number(each.dataset.places);
const shown = document.querySelector('#shown');
form.hidden = false;
let order = '';
function update() {
  const { which, search } = form.elements;
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  if (form.elements.order.value !== order) {
    order = form.elements.order.value;
    list.append(...(order === 'places' ? all.toSorted((a, b) => places(b) - places(a)) : all));
  }
  let count = 0;
  for (const each of all) {
    const { kind, rule } = each.dataset;
    const fits = ['', kind, rule].includes(which.value) && words.every((word) => texts.get(each).includes(word));
    if (each.hidden === fits) each.hidden = !fits;
    if (fits) count += 1;
  }
  shown.textContent = count + ' of ' + all.length + ' shown';
}
form.addEventListener('input', update);
form.addEventListener('submit', (event) => event.preventDefault());
update();
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('.copy')) button.hidden = false;
  list.addEventListener('click', async ({ target }) => {
    if (!target.matches('.copy')) return;
    try {
      await navigator.clipboard.writeText(target.previousElementSibling.textContent);
      target.textContent = 'Copied';
      target.ariaLabel = 'Copied';
    } catch {
      getSelection().selectAllChildren(target.previousElementSibling);
    }
  });
}
`;

const KIND_TITLES = {
  missing: 'missing',
  weak: 'weak',
  mismatch: 'may not match',
  question: 'questions',
} as const;

/** Only what a browser may open from a file without running anything. */
function link(address: string): string {
  const text = escape(address.length > 200 ? `${address.slice(0, 200)}…` : address);
  return /^https?:/i.test(address)
    ? `<a href="${escape(address)}" rel="noreferrer">${text}</a>`
    : text;
}

/** What an author puts into the markup. */
function attribute(text: string): string {
  const written = escape(`alt="${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`);
  return `<br><code class="attribute">${written}</code> <button type="button" class="copy" aria-label="Copy: ${escape(text)}" hidden>Copy</button>`;
}

function standardLink(name: string, address: string | null): string {
  return address === null ? name : `<a href="${address}" rel="noreferrer">${name}</a>`;
}

function findingItem(finding: Finding): string {
  const { kind, rule, text, criteria, techniques, current } = finding;
  const { suggestion, pageSuggestion, address, places, thumbnail, width, height, notSeen } =
    finding;
  const picture =
    thumbnail === null
      ? '<div class="none">no picture at hand</div>'
      : `<img src="${escape(thumbnail)}" alt="">`;
  const facts: [string, string][] = [
    ...(current === '' ? [] : [['Text now', escape(current)] as [string, string]]),
    ...(suggestion === null
      ? []
      : [
          [
            'The picture may be',
            `${escape(suggestion.text)} <span class="muted">(${escape(share(suggestion.probability))}, by the model: to be read before it is used)</span>${attribute(suggestion.text)}`,
          ] as [string, string],
        ]),
    ...(pageSuggestion === null
      ? []
      : [
          [
            'The page says',
            `${escape(pageSuggestion.text)} <span class="muted">(in ${PAGE_TEXT_PLACES[pageSuggestion.from]})</span>${attribute(pageSuggestion.text)}`,
          ] as [string, string],
        ]),
    ...(notSeen === null ? [] : [['Not seen', escape(notSeen.text)] as [string, string]]),
    ...(address === null ? [] : [['Picture', link(address)] as [string, string]]),
    ['Size', `${Math.round(width)} × ${Math.round(height)} px`],
    [
      'WCAG 2.2',
      [
        ...criteria.map((each) => standardLink(each, criterionAddress(each))),
        ...techniques.map((each) => standardLink(each, techniqueAddress(each))),
      ].join(', '),
    ],
  ];
  const rows = places
    .slice(0, MOST_PLACES)
    .map(
      ({ page, selector, leadsTo }) =>
        `<li>${link(page)} <code>${escape(selector)}</code>${leadsTo === null ? '' : `<br><span class="muted">leads to</span> ${link(leadsTo)}`}</li>`,
    );
  const more =
    places.length > MOST_PLACES ? `<li>and ${places.length - MOST_PLACES} more</li>` : '';
  return `<li class="finding" data-kind="${kind}" data-rule="${rule}" data-places="${places.length}">
<div class="picture">${picture}</div>
<h3><span class="kind ${kind}">${KIND_TITLES[kind]}</span> ${escape(text)}</h3>
<p class="muted"><code>${escape(rule)}</code></p>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>
<details${places.length <= 3 ? ' open' : ''}><summary>${counted(places.length, 'place')}</summary><ul>${rows.join('')}${more}</ul></details>
</li>`;
}

/** One file that needs nothing else: no address is loaded, its script is its own. */
export function auditHtml(result: AuditResult): string {
  const { findings, pages, takenAt, version, isCut } = result;
  const counts = countKinds(findings);
  const failed = pages.flatMap((page) =>
    page.status === 'failed'
      ? [
          `<li><code>${page.error.code}</code> ${link(page.url)}: ${escape(page.error.message)}</li>`,
        ]
      : [],
  );
  const notes = notesOf(pages).map(
    ({ url, note, text }) => `<li><code>${note}</code> ${link(url)}: ${escape(text)}</li>`,
  );
  const rulesOf = (kind: FindingKind) => [
    ...new Set(findings.filter((each) => each.kind === kind).map(({ rule }) => rule)),
  ];
  const ruleOption = (rule: FindingRule) =>
    `<option value="${rule}">${rule} (${findings.filter((each) => each.rule === rule).length})</option>`;
  const options = FINDING_KINDS.filter((kind) => counts[kind] > 0).map(
    (kind) =>
      `<optgroup label="${KIND_TITLES[kind]}"><option value="${kind}">all ${KIND_TITLES[kind]} (${counts[kind]})</option>${rulesOf(kind).map(ruleOption).join('')}</optgroup>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>Audit of images</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Audit of images</h1>
<p class="muted">${escape(takenAt.slice(0, 16).replace('T', ' '))} UTC, Alt Lens ${escape(version)}. ${counted(pages.length - failed.length, 'page')}, ${counted(imageCount(pages), 'image')}${isCut ? '; stopped before the end' : ''}.</p>
<ul class="counts">${FINDING_KINDS.map((kind) => `<li><b>${counts[kind]}</b> ${KIND_TITLES[kind]}</li>`).join('')}</ul>
${failed.length === 0 ? '' : `<h2>Pages that failed</h2><ul>${failed.join('')}</ul>`}
${notes.length === 0 ? '' : `<h2>Notes on pages</h2><ul>${notes.join('')}</ul>`}
<h2 id="list">Findings</h2>
<form hidden>
<label>Which <select name="which"><option value="">all (${findings.length})</option>${options.join('')}</select></label>
<label>Order <select name="order"><option value="">gravest first</option><option value="places">most places first</option></select></label>
<label>Search <input name="search" type="search"></label>
<output id="shown" class="muted"></output>
</form>
<ol id="findings" aria-labelledby="list" style="list-style:none;padding:0;margin:0">
${gravestFirst(findings).map(findingItem).join('\n')}
</ol>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
