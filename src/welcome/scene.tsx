import { text } from '../platform/i18n';

/** How it works, in one drawing: a picture on a page, the menu over it, the card beside it. */
export function Scene() {
  return (
    <svg class="scene" viewBox="0 0 560 250" role="img" aria-label={text('welcome_scene')}>
      <rect class="sheet" x="1" y="1" width="558" height="248" rx="14" />
      <path class="line" d="M1 30h558" />
      <circle class="dot" cx="20" cy="16" r="4" />
      <circle class="dot" cx="34" cy="16" r="4" />
      <circle class="dot" cx="48" cy="16" r="4" />
      <clipPath id="picture">
        <rect x="30" y="50" width="240" height="176" rx="8" />
      </clipPath>
      <g clip-path="url(#picture)">
        <rect class="sky" x="30" y="50" width="240" height="176" />
        <circle class="sun" cx="222" cy="92" r="20" />
        <path class="far" d="M20 190 92 112l46 48 34-34 110 92v20H20Z" />
        <path class="near" d="M20 226V196q62-34 126-8t134-6v60H20Z" />
      </g>
      <g>
        <rect class="paper" x="104" y="122" width="220" height="84" rx="8" />
        <path class="words" d="M120 142h82M120 190h60" />
        <rect class="chosen" x="110" y="152" width="208" height="26" rx="5" />
        <text class="item" x="214" y="169" text-anchor="middle">
          {text('menu_classify_image')}
        </text>
        <path class="pointer" d="m96 108v28l7-6 5 11 6-3-5-11h9Z" />
      </g>
      <g>
        <rect class="paper" x="336" y="58" width="194" height="156" rx="10" />
        <path class="title" d="M354 82h112" />
        <path class="words" d="M354 108h62M354 138h48M354 168h54" />
        <path class="track" d="M354 119h158M354 149h158M354 179h158" />
        <path class="share" d="M354 119h132M354 149h18M354 179h6" />
        <path class="words" d="M354 198h84" />
      </g>
    </svg>
  );
}
