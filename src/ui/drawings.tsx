/** The popup's few drawings: 16 px strokes in the text's colour, never spoken. */
import type { ComponentChildren } from 'preact';

function Drawing({
  children,
  class: className = '',
}: {
  children: ComponentChildren;
  class?: string;
}) {
  return (
    <svg class={`drawing ${className}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const CopyIcon = () => (
  <Drawing>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5" />
  </Drawing>
);

export const CheckIcon = () => (
  <Drawing>
    <path d="m3 8.5 3.5 3.5L13 4.5" />
  </Drawing>
);

export const CrossIcon = () => (
  <Drawing>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Drawing>
);

export const ChevronIcon = () => (
  <Drawing class="chevron">
    <path d="m4 6 4 4 4-4" />
  </Drawing>
);

export const ShieldIcon = () => (
  <Drawing>
    <path d="M8 1.5 13 3.5v4c0 3.2-2 5.7-5 7-3-1.3-5-3.8-5-7v-4Z" />
    <path d="m5.8 8 1.6 1.6 2.9-3.2" />
  </Drawing>
);

/** In place of a thumbnail, where the picture could not be read. */
export const NoPictureIcon = () => (
  <Drawing>
    <rect x="2" y="3" width="12" height="10" rx="1.5" />
    <path d="m2.5 11.5 3-3.5 2.5 2.5M13.5 3.5l-11 9" />
  </Drawing>
);

/** For the empty list: a pointer that opens a menu on a picture. */
export const RightClickDrawing = () => (
  <svg class="right-click" viewBox="0 0 120 64" aria-hidden="true" focusable="false">
    <rect class="paper" x="6" y="6" width="60" height="46" rx="6" />
    <circle class="sun" cx="53" cy="18" r="5" />
    <path class="hill" d="M7 46 24 27l13 13 9-9 19 17a6 6 0 0 1-5 4H12a6 6 0 0 1-5-6Z" />
    <rect class="menu" x="46" y="24" width="68" height="34" rx="5" />
    <path class="words" d="M54 33h30M54 49h22" />
    <rect class="chosen" x="49" y="37" width="62" height="8" rx="2" />
    <path class="pointer" d="m43 20 0 15 4-3.5 2.5 5.5 2.5-1.2-2.4-5.3H55Z" />
  </svg>
);
