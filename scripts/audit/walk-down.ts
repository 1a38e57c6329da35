/** What the page did on the way down. */
export interface Walk {
  /** Screens that were scrolled. */
  steps: number;
  /** After how many of them something was on its way. */
  pauses: number;
}

/**
 * Down the page by screens and back, so that what loads late is there; runs in the page. Where a screen stirs nothing, it
 * is left after two frames, in which observers of the page have had their turn.
 * @param most screens: pages without end have none of ours
 * @param pauseMs for a screen on which something is on its way, milliseconds
 * @param mostMs for the whole way: a page of thousands of images takes long for each screen
 */
export async function walkDown(most: number, pauseMs: number, mostMs: number): Promise<Walk> {
  // Images that scripts of the page load in their own time, by the names that most such scripts go by.
  const late =
    'img[data-src], [data-srcset], [data-lazy], [data-lazy-src], [data-bg], [data-background-image], .lazy, .lazyload, img:not([src], [srcset])';
  const walk = { steps: 0, pauses: 0 };
  const end = performance.now() + mostMs;
  for (; walk.steps < most && performance.now() < end; walk.steps += 1) {
    const [top, nodes, height] = [
      scrollY,
      document.getElementsByTagName('*').length,
      document.documentElement.scrollHeight,
    ];
    scrollBy({ top: innerHeight, behavior: 'instant' });
    if (scrollY === top) break;
    await Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      // A page that is not in front has no frames; on a busy computer they are late.
      new Promise((resolve) => setTimeout(resolve, document.hidden ? pauseMs : 8 * pauseMs)),
    ]);
    const isStirred =
      document.querySelector(late) !== null ||
      nodes !== document.getElementsByTagName('*').length ||
      height !== document.documentElement.scrollHeight ||
      [...document.images].some((image) => {
        if (image.complete) return false;
        const box = image.getBoundingClientRect();
        return box.top < 2 * innerHeight && box.bottom > -innerHeight;
      });
    if (!isStirred) continue;
    walk.pauses += 1;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  scrollTo({ top: 0, behavior: 'instant' });
  return walk;
}
