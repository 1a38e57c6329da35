import tokens from '../../ui/tokens.css?inline';

/**
 * What a result looks like, in the card and in a label's details, on the tokens that every surface
 * shares. `:host` begins with `all: initial !important`: in a shadow root the inner `!important` wins
 * over the page's, so no style of the page reaches ours, nor ours the page.
 */
export const RESULT_STYLES = `${tokens.replaceAll(':root', ':host')}
:host {
  all: initial !important;
  position: fixed !important;
  inset: 0 auto auto 0 !important;
  display: block !important;
  overflow: visible !important;
  color-scheme: light dark !important;
  --surface: var(--colour-page);
  --ink: var(--colour-text);
  --quiet: var(--colour-text-quiet);
  --line: var(--colour-line);
  --track: var(--colour-surface-raised);
  --accent: var(--colour-accent);
  --on-accent: var(--colour-on-accent-fill);
  --sunken: var(--colour-surface);
  --shadow: 0 1px 2px rgb(16 24 40 / 10%), 0 8px 28px rgb(16 24 40 / 18%);
}
:host([hidden]) { visibility: hidden !important; }
@media (prefers-color-scheme: dark) {
  :host { --shadow: 0 0 0 1px rgb(255 255 255 / 6%), 0 10px 32px rgb(0 0 0 / 55%); }
}
* { box-sizing: border-box; }
.card {
  position: fixed;
  inset: 0 auto auto 0;
  inline-size: min(328px, calc(100vw - 16px));
  max-block-size: calc(100vh - 16px);
  overflow: auto;
  overscroll-behavior: contain;
  padding: 12px 16px 14px;
  border: 1px solid var(--line);
  border-radius: 14px;
  background: var(--surface);
  color: var(--ink);
  box-shadow: var(--shadow);
  font: 400 14px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  text-align: start;
  overflow-wrap: anywhere;
  outline: none;
  animation: appear 140ms ease-out;
}
@keyframes appear { from { opacity: 0; } }
button {
  all: unset;
  box-sizing: border-box;
  display: inline-flex;
  align-items: center;
  justify-content: center;
  min-inline-size: 28px;
  min-block-size: 30px;
  padding: 4px 12px;
  border-radius: 8px;
  border: 1px solid var(--line);
  background: var(--surface);
  color: var(--ink);
  font-size: 13px;
  font-weight: 500;
  text-align: center;
  cursor: pointer;
}
button:hover { background: var(--sunken); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h2 { margin: 6px 0 0; font-size: 15px; line-height: 1.35; font-weight: 600; }
p { margin: 4px 0 0; }
.quiet { color: var(--quiet); font-size: 13px; text-wrap: pretty; }
ul { list-style: none; display: grid; gap: 7px; margin: 10px 0 0; padding: 0; }
li { display: grid; grid-template-columns: 1fr auto; column-gap: 12px; font-size: 13px; }
li .share { color: var(--quiet); font-variant-numeric: tabular-nums; }
li .track {
  grid-column: 1 / -1;
  block-size: 5px;
  margin-block-start: 3px;
  border-radius: 3px;
  background: var(--track);
  overflow: hidden;
}
li .bar { display: block; block-size: 100%; border-radius: inherit; background: var(--accent); }
li:not(:first-child) .bar { opacity: 0.6; }
.draft {
  display: grid;
  grid-template-columns: 1fr auto;
  align-items: center;
  gap: 2px 12px;
  margin-block-start: 12px;
  padding: 8px 8px 8px 12px;
  border-radius: 10px;
  background: var(--sunken);
}
.draft:dir(rtl) { padding: 8px 12px 8px 8px; }
.draft h3 { margin: 0; font-size: 13px; font-weight: 400; color: var(--quiet); }
.draft p { margin: 0; font-weight: 500; user-select: text; }
.draft button { grid-column: 2; grid-row: 1 / span 2; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 12px; }
.source { margin-block-start: 12px; }
.status {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
textarea { position: fixed; inset: 0 auto auto 0; opacity: 0; }
@media (prefers-reduced-motion: reduce) {
  .card { animation: none; }
}
@media (forced-colors: active) {
  .card { border-color: CanvasText; }
  li .track { border: 1px solid CanvasText; }
  li .bar { forced-color-adjust: none; background: Highlight; opacity: 1; }
  button { border-color: ButtonText; }
  .draft { border: 1px solid CanvasText; }
}
@media print { :host { display: none !important; } }
`;

/** What the card has besides: its top, and what is shown on the way to a result or a failure. */
export const CARD_STYLES = `${RESULT_STYLES}
.top { display: flex; align-items: center; gap: 8px; min-block-size: 28px; }
.mark { flex: none; inline-size: 16px; block-size: 16px; color: var(--accent); }
.name { flex: 1; margin: 0; font-size: 13px; font-weight: 500; color: var(--quiet); }
button.main { border-color: transparent; background: var(--accent); color: var(--on-accent); }
button.main:hover { filter: brightness(1.08); }
button.close {
  margin-inline-end: -6px;
  padding: 4px;
  border-color: transparent;
  color: var(--quiet);
}
button.close svg { display: block; inline-size: 16px; block-size: 16px; }
.progress {
  block-size: 4px;
  margin-block: 12px 4px;
  border-radius: 2px;
  background: var(--track);
  overflow: hidden;
}
.progress::before {
  content: '';
  display: block;
  inline-size: 40%;
  block-size: 100%;
  border-radius: inherit;
  background: var(--accent);
  animation: slide 1.2s ease-in-out infinite alternate;
}
@keyframes slide { to { margin-inline-start: 60%; } }
@media (prefers-reduced-motion: reduce) {
  .progress::before { inline-size: 100%; opacity: 0.5; animation: none; }
}
@media (forced-colors: active) {
  .progress { border: 1px solid CanvasText; }
  .progress::before { forced-color-adjust: none; background: Highlight; opacity: 1; }
}
`;
