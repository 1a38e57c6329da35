const KEPT_EVENTS = [
  ...['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'copy', 'cut', 'paste'],
  ...['pointerdown', 'pointerup', 'pointermove', 'pointerover', 'pointerout', 'pointercancel'],
  ...[
    'mousedown',
    'mouseup',
    'mousemove',
    'mouseover',
    'mouseout',
    'click',
    'dblclick',
    'auxclick',
  ],
  ...['touchstart', 'touchmove', 'touchend', 'touchcancel', 'wheel', 'contextmenu'],
  ...['focusin', 'focusout', 'selectstart', 'dragstart'],
];

/**
 * Events inside a shadow root of ours are not the page's business: no shortcut, no click-outside handler
 * of it may act on them.
 */
export function keepEvents(root: ShadowRoot, signal: AbortSignal): void {
  for (const type of KEPT_EVENTS) {
    root.addEventListener(
      type,
      (event) => {
        event.stopPropagation();
      },
      { signal },
    );
  }
}
