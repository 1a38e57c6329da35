/** What a page's own scripts cannot do: move the real pointer, press its buttons, and press keys. */
import type { KeyInput } from 'puppeteer';
import type { BrowserCommandContext } from 'vitest/node';

import type { PageContext } from './puppeteer-provider';
import type { TreeNode } from './tree-commands';

/** CSS px of the test's own viewport. */
type Point = readonly [x: number, y: number];

async function inPage(context: PageContext, [x, y]: Point): Promise<Point> {
  const frame = await context.testFrame();
  const box = await (await frame.frameElement())?.boundingBox();
  return [x + (box?.x ?? 0), y + (box?.y ?? 0)];
}

const pageOf = (context: BrowserCommandContext): PageContext => context as unknown as PageContext;

export const pointerCommands = {
  movePointer: async (context: BrowserCommandContext, ...point: [x: number, y: number]) => {
    const { page } = pageOf(context);
    await page.bringToFront();
    await page.mouse.move(...(await inPage(pageOf(context), point)));
  },
  click: async (context: BrowserCommandContext, ...point: [x: number, y: number]) => {
    const { page } = pageOf(context);
    await page.bringToFront();
    await page.mouse.click(...(await inPage(pageOf(context), point)));
  },
  rightClick: async (context: BrowserCommandContext, ...point: [x: number, y: number]) => {
    const { page } = pageOf(context);
    await page.bringToFront();
    await page.mouse.click(...(await inPage(pageOf(context), point)), { button: 'right' });
  },
  pressKey: async (context: BrowserCommandContext, key: string) => {
    const { page } = pageOf(context);
    await page.bringToFront();
    await page.keyboard.press(key as KeyInput);
  },
};

declare module 'vitest/browser' {
  /** The packages of other providers declare this; ours is none. */
  export const commands: {
    movePointer: (x: number, y: number) => Promise<void>;
    click: (x: number, y: number) => Promise<void>;
    rightClick: (x: number, y: number) => Promise<void>;
    pressKey: (key: string) => Promise<void>;
    accessibilityTree: () => Promise<TreeNode[]>;
  };
}
