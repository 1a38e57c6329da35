import { partOf } from '../part';

/** What the script for drawings in the page does for those that read pictures: a file of its own, as most pages have none worth reading. */
export interface InlineSvgPart {
  /** See inline-svg.ts. */
  inlineSvgAddress: (svg: SVGSVGElement) => Promise<string>;
}

export const inlineSvgPart = partOf<InlineSvgPart>('inline-svg');
