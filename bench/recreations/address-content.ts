/** The address of each image; the worker fetches it once more. */
import { labelImages } from './label-images';
import type { AddressMessage } from './message';

void labelImages((image): AddressMessage => ({ kind: 'address', address: image.currentSrc }));
