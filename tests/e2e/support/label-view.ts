/**
 * The labels as a person meets them. Their shadow root is closed, so they are looked at from the
 * extension's own world, in every frame that has one.
 */
import type { Page } from 'puppeteer';

import { waitUntil, type ExtensionSession } from '../../../scripts/drive/extension-session';

export interface Label {
  /** The frame's address. */
  frame: string;
  text: string;
  share: string;
  /** Is it drawn? */
  isShown: boolean;
  /** In the frame's viewport, CSS px. */
  box: { x: number; y: number; width: number; height: number };
}

/** Runs inside the extension's world: all labels of the frame, as `Label[]`. */
export const READ_LABELS = `(() => {
  const host = document.querySelector('[data-alt-lens-host=labels]');
  const root = host === null ? null : chrome.dom.openOrClosedShadowRoot(host);
  return [...(root?.querySelectorAll('.chip') ?? [])].map((chip) => {
    const { x, y, width, height } = chip.getBoundingClientRect();
    const isShown = chip.checkVisibility({ visibilityProperty: true }) && root.querySelector('.stage').matches(':popover-open');
    return {
      frame: location.href,
      text: chip.querySelector('span').dataset.text,
      share: chip.querySelector('.share')?.dataset.text ?? '',
      isShown,
      box: { x, y, width, height },
    };
  });
})()`;

export interface LabelReader {
  /** All labels of the tab. */
  read: () => Promise<Label[]>;
  /** Only those that are drawn. */
  shown: () => Promise<Label[]>;
  /** The first moment at which the drawn labels fulfil this. */
  until: (what: string, holds: (labels: Label[]) => boolean) => Promise<Label[]>;
  /** The values of an expression in the extension's world of all frames. */
  evaluateAll: (expression: string) => Promise<unknown[]>;
  /** The value of an expression in the extension's world of the main frame. */
  evaluate: (expression: string) => Promise<unknown>;
}

/** Looks at the labels of a page; call before it is labelled. */
export async function watchLabels(page: Page, session: ExtensionSession): Promise<LabelReader> {
  const { main, all: evaluateAll } = await session.worldOf(page);
  const read = async (): Promise<Label[]> =>
    (await evaluateAll(READ_LABELS)).flatMap((labels) => (labels ?? []) as Label[]);
  const shown = async () => (await read()).filter(({ isShown }) => isShown);
  return {
    read,
    shown,
    evaluateAll,
    until: async (what, holds) =>
      waitUntil(
        what,
        async () => {
          const labels = await shown();
          return holds(labels) ? labels : undefined;
        },
        30_000,
      ),
    evaluate: main,
  };
}
