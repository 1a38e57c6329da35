import type { TrackedImage } from './tracked-image';

/** What is left of images that went is cleared out beyond this, when it is most of the line. */
const MAX_LEFT = 64;

/** Images that wait for their turn, out of view. Each step costs the same, however many they are. */
export interface Line {
  add: (image: TrackedImage) => void;
  delete: (image: TrackedImage) => void;
  /** The one that was on screen last; after those that were, the others in the order in which they came. */
  take: () => TrackedImage | undefined;
}

export function createLine(): Line {
  const waiting = new Set<TrackedImage>();
  let passed: TrackedImage[] = [];
  let unseen: TrackedImage[] = [];
  let head = 0;

  function clear(): void {
    const left = passed.length + unseen.length - head - waiting.size;
    if (left <= MAX_LEFT + waiting.size) return;
    // Of one that stands there twice the earlier place goes.
    passed = [...new Set(passed)].filter((image) => waiting.has(image));
    unseen = [...new Set(unseen.slice(head))].filter((image) => waiting.has(image));
    head = 0;
  }

  return {
    add: (image) => {
      if (waiting.has(image)) return;
      waiting.add(image);
      (image.seenAt > 0 ? passed : unseen).push(image);
      clear();
    },
    delete: (image) => {
      waiting.delete(image);
    },
    take: () => {
      while (waiting.size > 0) {
        const image = passed.pop() ?? unseen[head++];
        if (image === undefined) break;
        if (waiting.delete(image)) return image;
      }
      [passed, unseen, head] = [[], [], 0];
      return undefined;
    },
  };
}
