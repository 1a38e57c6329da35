export { packChains } from './chains';
export { cutView } from './cut';
export { dense, mean } from './head';
export { depthwiseStride1, depthwiseStride2 } from './depthwise';
export { countColours, countNeighbours, isOpaque } from './evidence';
export { clearBorder } from './map';
export { packDense, packDepthwise, packFours, packPairs, packStem, sumPixels } from './pack';
export { pointwisePairs } from './pointwise';
export { stem } from './stem';
