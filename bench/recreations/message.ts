/** What the re-creations' two ends say to each other; through JSON, Chrome's default. */
export interface PixelsMessage {
  kind: 'pixels';
  /** RGBA. A typed array does not survive JSON, so a plain one, as such extensions do. */
  pixels: number[];
  width: number;
  height: number;
}

export interface AddressMessage {
  kind: 'address';
  address: string;
}

/** The likeliest label, or what went wrong. */
export type Reply = { label: string } | { error: string };

/** Marks a labelled image, and says with what: the benchmark watches for it. */
export const LABEL_ATTRIBUTE = 'data-bench-label';
