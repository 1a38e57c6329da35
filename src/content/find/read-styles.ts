import {
  cssContent,
  cssImages,
  type CssChoice,
  type CssContent,
  type CssImage,
} from '../../core/address/css-image';
import { isTypeSupported } from './image-types';

/** What the styles of an element, or of a part of it, say of pictures. */
export interface PartStyles {
  content: CssContent;
  backgrounds: CssImage[];
}

export interface Styles extends PartStyles {
  /** Those that are drawn. */
  pseudos: [pseudo: string, styles: PartStyles][];
}

/** Values of so many characters hold pictures as `data:`: to write one of 4 MB takes the browser 30 ms. */
const LONG = 65_536;
/** After values of that kind were read, this many times the cost goes by before others are, unasked. */
const REST_FACTOR = 30;

interface Remembered {
  styles: Styles;
  look: number;
}

const remembered = new WeakMap<Element, Remembered>();
let look = 0;
let restUntil = 0;

/** From now on long values are read once more, since the page may have changed them. */
export function lookAtStylesAnew(): void {
  look += 1;
}

/** What was remembered of the element may be old. */
export function forgetStyles(element: Element): void {
  remembered.delete(element);
}

/** Were long values read a moment ago? Then what reads styles should do so in a task of its own. */
export function areStylesLong(): boolean {
  return performance.now() < restUntil;
}

/**
 * Reads what the styles of an element say of pictures. Long values are remembered until the next look,
 * and for a while that goes by what reading them costs.
 */
export function readStyles(element: Element, withPseudos: boolean): Styles {
  const known = remembered.get(element);
  const start = performance.now();
  if (known?.look === look && start < restUntil) return known.styles;
  const choice: CssChoice = { pixelRatio: devicePixelRatio, isTypeSupported };
  let length = 0;
  const read = (content: string, backgroundImage: string): PartStyles => {
    length += content.length + backgroundImage.length;
    return {
      content: cssContent(content, choice),
      backgrounds: cssImages(backgroundImage, choice),
    };
  };
  const own = getComputedStyle(element);
  const styles: Styles = { ...read(own.content, own.backgroundImage), pseudos: [] };
  for (const pseudo of withPseudos ? ['::before', '::after'] : []) {
    const style = getComputedStyle(element, pseudo);
    const { content } = style;
    if (content === 'none' || content === 'normal') continue;
    styles.pseudos.push([pseudo, read(content, style.backgroundImage)]);
  }
  if (length > LONG) {
    remembered.set(element, { styles, look });
    const end = performance.now();
    restUntil = Math.max(restUntil, end + (end - start) * REST_FACTOR);
  } else if (known !== undefined) remembered.delete(element);
  return styles;
}
