import { expect, test } from 'vitest';

import type {
  FrameFields,
  FrameMessageType,
  FrameValue,
} from '../../../src/messages/frame-messages';
import type { Raster } from '../../../src/core/look/raster';
import {
  type WorkerFields,
  workerMessages,
  type WorkerMessageType,
  type WorkerValue,
} from '../../../src/messages/worker-messages';

// Firefox empties a message that holds an ImageData (findings/firefox-message-image-data.sh), which also is a
// Raster: no type that a message carries may take one, at any depth.

type Plain = string | number | boolean | null | undefined | Blob | ArrayBuffer;
/** `Depth` ends what never ends: a tree of trees. */
type TakesImageData<T, Depth extends 0[] = []> = Depth['length'] extends 6
  ? false
  : T extends Plain
    ? false
    : string extends keyof T
      ? TakesImageData<T[keyof T], [...Depth, 0]>
      : ImageData extends Pick<T, keyof T & keyof ImageData>
        ? 'data' extends keyof T
          ? true
          : TakesInside<T, [...Depth, 0]>
        : TakesInside<T, [...Depth, 0]>;
type TakesInside<T, Depth extends 0[]> = T extends readonly (infer Item)[]
  ? TakesImageData<Item, Depth>
  : { [K in keyof T]: TakesImageData<T[K], Depth> }[keyof T];

type Carried = {
  [T in WorkerMessageType]: WorkerFields<T> | WorkerValue<T>;
} & { [T in FrameMessageType as `frame ${T}`]: FrameFields<T> | FrameValue<T> };
type Offending = {
  [T in keyof Carried]: true extends TakesImageData<Carried[T]> ? T : never;
}[keyof Carried];

/** Not to be compiled where there is one: the error names the message. */
const isNone: [Offending] extends [never] ? true : Offending = true;
const isSeen: [
  TakesImageData<{ a: { pixels: ImageData }[] }>,
  TakesImageData<{ picture: Raster | null }>,
] = [true, true];

interface Node {
  type: string;
  class?: unknown;
  entries?: Record<string, Node>;
  item?: Node;
  wrapped?: Node;
  options?: unknown[];
}

/** The classes whose instances a schema takes. */
function classesIn(node: Node): unknown[] {
  const inside = [
    ...Object.values(node.entries ?? {}),
    ...[node.item, node.wrapped].filter((each) => each !== undefined),
    ...(node.type === 'union' ? (node.options as Node[]) : []),
  ];
  return [...(node.type === 'instance' ? [node.class] : []), ...inside.flatMap(classesIn)];
}

test('no message holds an ImageData', () => {
  // The types are checked with all others: `npm run typecheck`.
  expect(isNone).toBe(true);
  expect(isSeen).toEqual([true, true]);
  const classes = Object.values(workerMessages).flatMap(({ fields }) =>
    classesIn(fields as unknown as Node),
  );
  expect(new Set(classes)).toEqual(new Set([Blob, ArrayBuffer]));
});
