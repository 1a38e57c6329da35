/** The real pointer, from within a test. Points are CSS px of the test's own viewport. */
import { commands } from 'vitest/browser';

export const movePointer = (x: number, y: number): Promise<void> => commands.movePointer(x, y);

export const rightClick = (x: number, y: number): Promise<void> => commands.rightClick(x, y);

export const click = (x: number, y: number): Promise<void> => commands.click(x, y);

/** A key by its name, pressed where the focus is. */
export const pressKey = (key: string): Promise<void> => commands.pressKey(key);
