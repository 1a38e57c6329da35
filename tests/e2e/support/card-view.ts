/**
 * The card as a person meets it. Its shadow root is closed, so it is looked at from the extension's own
 * world in the page, the only one that may open it.
 */
import type { Page } from 'puppeteer';

import { sessionOf, waitUntil } from '../../../scripts/drive/extension-session';

export interface CardView {
  headline: string;
  /** Every text of the card, line by line. */
  lines: string[];
  predictions: { label: string; share: string; barWidth: number }[];
  draft: string | null;
  buttons: string[];
  /** What was read out last. */
  spoken: string;
  /** The label or text of the focused thing inside; null where the card has no focus. */
  focused: string | null;
  isBusy: boolean;
  box: { x: number; y: number; width: number; height: number };
}

/** Runs inside the extension's world. */
const READ_CARD = `(() => {
  const host = document.querySelector('[data-alt-lens-host=card]');
  if (host === null) return null;
  const root = chrome.dom.openOrClosedShadowRoot(host);
  const surface = root?.querySelector('.card');
  if (!surface) return null;
  const all = (selector) => [...surface.querySelectorAll(selector)];
  // What is said is generated content: it is drawn and read out, but stands in no text node.
  const said = (element) => element?.dataset.text ?? null;
  const name = (element) => element.getAttribute('aria-label') ?? said(element);
  const { x, y, width, height } = surface.getBoundingClientRect();
  return {
    headline: said(surface.querySelector('h2')) ?? '',
    lines: all('.body [data-text]').filter((one) => one.checkVisibility()).map(said),
    predictions: all('li').map((row) => ({
      label: said(row.querySelector('[lang]')),
      share: said(row.querySelector('.share')),
      barWidth: row.querySelector('.bar').getBoundingClientRect().width,
    })),
    draft: said(surface.querySelector('.draft p')),
    buttons: all('button').map(name),
    spoken: said(surface.querySelector('[role=status] [data-text]')) ?? '',
    focused: root.activeElement === null ? null : name(root.activeElement),
    isBusy: surface.querySelector('.progress') !== null,
    box: { x, y, width, height },
  };
})()`;

export interface CardReader {
  /** The card now; null where there is none. */
  read: () => Promise<CardView | null>;
  /** The first card for which this holds. */
  until: (what: string, holds: (card: CardView) => boolean) => Promise<CardView>;
  /** The card in its end state: a result or a failure. */
  settled: () => Promise<CardView>;
  gone: () => Promise<void>;
  /** Presses the button with this name, with the pointer, once it is enabled. */
  press: (name: string) => Promise<void>;
  /** The value of an expression in the extension's world of the main frame. */
  evaluate: (expression: string) => Promise<unknown>;
}

/** Looks at the cards of a page, in its main frame's document. Call before the first right-click. */
export async function watchCard(page: Page): Promise<CardReader> {
  const { main: evaluate } = await sessionOf(page.browser()).worldOf(page);
  const read = async () => (await evaluate(READ_CARD)) as CardView | null;
  const until: CardReader['until'] = (what, holds) =>
    waitUntil(
      what,
      async () => {
        const card = await read();
        return card !== null && holds(card) ? card : undefined;
      },
      30_000,
    );
  return {
    read,
    until,
    settled: () =>
      until('the card has a result', ({ isBusy, headline }) => !isBusy && headline !== ''),
    gone: async () => {
      await waitUntil(
        'the card is gone',
        async () =>
          page.evaluate(() => document.querySelector('[data-alt-lens-host=card]') === null),
        10_000,
      );
    },
    press: async (name) => {
      // The card follows its image frame by frame: pressed is where the button has come to rest.
      const centre = (await evaluate(`(async () => {
        const place = () => {
          const host = document.querySelector('[data-alt-lens-host=card]');
          const root = host && chrome.dom.openOrClosedShadowRoot(host);
          const button = [...(root?.querySelectorAll('button') ?? [])].find(
            (one) => one.getAttribute('aria-label') === ${JSON.stringify(name)},
          );
          if (!button) return null;
          if (button.ariaDisabled === 'true') return 'not yet';
          const { x, y, width, height } = button.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        };
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        let last = place();
        for (let still = 0; still < 3; ) {
          await frame();
          const now = place();
          still = now !== 'not yet' && now?.x === last?.x && now?.y === last?.y ? still + 1 : 0;
          last = now;
        }
        return last;
      })()`)) as { x: number; y: number } | null;
      if (centre === null) throw new Error(`The card has no button ${name}.`);
      await page.mouse.click(centre.x, centre.y);
    },
    evaluate,
  };
}
