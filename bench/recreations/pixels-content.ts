/** The pixels of each image as an array of numbers. */
import { travelSize } from '../../src/core/look/raster';
import { labelImages } from './label-images';
import type { PixelsMessage } from './message';

const canvas = document.createElement('canvas');
const context = canvas.getContext('2d', { willReadFrequently: true });

void labelImages((image): PixelsMessage => {
  if (context === null) throw new Error('There is no 2D canvas.');
  // As many pixels as ours sends, so that both see the same.
  const { width, height } = travelSize(image.naturalWidth, image.naturalHeight);
  canvas.width = width;
  canvas.height = height;
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { kind: 'pixels', pixels: Array.from(data), width, height };
});
