/** Pages under test, written inside the tests. */
import { picturesOf, type PictureOnPage } from '../../../src/content/find/picture';

/** Shows this as the body of the page; `<template shadowrootmode>` becomes a shadow root. */
export function show(html: string): void {
  document.body.setHTMLUnsafe(html);
}

/** @throws where nothing matches: a test that is wrong. */
export function element(selector: string, root: ParentNode = document): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`Nothing matches ${selector}.`);
  return found;
}

/** What an element shows first of all. */
export function ownPicture(selector: string): PictureOnPage {
  const [picture] = picturesOf(element(selector));
  if (picture === undefined) throw new Error(`${selector} shows no picture.`);
  return picture;
}

/** Waits until an image is loaded, well or badly. */
export async function loaded(selector: string): Promise<HTMLImageElement> {
  const image = element(selector);
  if (!(image instanceof HTMLImageElement)) throw new Error(`${selector} is no image.`);
  if (!image.complete) {
    await new Promise((resolve) => {
      image.addEventListener('load', resolve, { once: true });
      image.addEventListener('error', resolve, { once: true });
    });
  }
  return image;
}

/** The address of a PNG of one colour. @param side px */
export function squarePng(side: number, colour = '#c33'): string {
  return pngOf(side, side, (context) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, side, side);
  });
}

/** The address of a PNG that is drawn here, else transparent; its size in px. */
export function pngOf(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void = () => undefined,
): string {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas.');
  draw(context);
  return canvas.toDataURL('image/png');
}

/** A closed shadow root with this content. */
export function closedRoot(host: Element, html: string): ShadowRoot {
  const root = host.attachShadow({ mode: 'closed' });
  root.innerHTML = html;
  return root;
}

/** Asks again until something holds. @throws where it does not within a second and a half */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + 1500;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Not within 1.5 s: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
