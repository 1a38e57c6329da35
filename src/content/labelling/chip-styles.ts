/**
 * The labels' style sheet, added to the card's. The host has no size and lies at the beginning of the
 * document, so that labels scroll with the page without any work.
 */
export const CHIP_STYLES = `
:host { position: absolute !important; pointer-events: none !important; z-index: auto !important; }
.chip {
  position: absolute;
  inset: 0 auto auto 0;
  display: flex;
  gap: 6px;
  align-items: center;
  justify-content: start;
  min-inline-size: 0;
  min-block-size: 24px;
  inline-size: max-content;
  padding: 2px 8px;
  border: 1px solid rgb(255 255 255 / 22%);
  border-radius: 12px;
  background: rgb(20 26 33 / 82%);
  color: #fff;
  font: 500 12px/18px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  white-space: nowrap;
  pointer-events: auto;
  user-select: none;
}
.chip:hover, .chip[aria-expanded=true] { background: rgb(20 26 33 / 94%); }
.chip:focus-visible { outline: 2px solid #fff; outline-offset: 0; box-shadow: 0 0 0 5px var(--accent); }
.chip[hidden], .details[hidden] { display: none; }
.chip span { overflow: hidden; text-overflow: ellipsis; }
.chip .share { flex: none; font-weight: 400; font-variant-numeric: tabular-nums; }
.chip.narrow .share { display: none; }
.chip.unsure { background: rgb(20 26 33 / 62%); font-weight: 400; }
.card.details {
  position: absolute;
  inline-size: 300px;
  z-index: 1;
  max-block-size: 60vh;
  padding: 4px 14px 12px;
  pointer-events: auto;
}
@media (prefers-color-scheme: dark) {
  .chip { background: rgb(236 241 246 / 88%); border-color: rgb(0 0 0 / 30%); color: #141a21; }
  .chip:hover, .chip[aria-expanded=true] { background: #f4f7fa; }
  .chip.unsure { background: rgb(236 241 246 / 72%); }
}
@media (forced-colors: active) {
  .chip { background: Canvas; color: CanvasText; border-color: CanvasText; }
}
`;
